// Stands in for 'undici' in the package: its agent and `request`, without the fetch, WebSocket, cache and mock parts,
// which are three quarters of it and stay in memory once loaded. The version is pinned; the tests of the built app run it.
const Agent = require('../node_modules/undici/lib/dispatcher/agent.js');
const Dispatcher = require('../node_modules/undici/lib/dispatcher/dispatcher.js');

Dispatcher.prototype.request = require('../node_modules/undici/lib/api/api-request.js');

module.exports = { Agent };
