import { render } from 'preact';
import { App } from './app.js';
import { start } from './state/live.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/home.css';
import './styles/device.css';
import './styles/day.css';
import './styles/dialog.css';
import './styles/flow.css';
import './styles/activity.css';
import './styles/scenes.css';

const place = document.getElementById('app');
if (place !== null) render(<App />, place);
start();
