// Draws what a program printed in a terminal as an SVG: the colours and weights that this project's tool uses.
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff', 90: '#8b949e' };
const WIDTH = 8.43;
const LINE = 19;
const MARGIN = 18;

// The control character that begins a change of colour or weight.
const ESCAPE = String.fromCharCode(27);
const LOOKS = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`, 'g');

const escaped = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Pieces of one line that look the same. */
const pieces = (line) => {
  const found = [];
  const look = { bold: false, dim: false, colour: null };
  for (const part of line.split(LOOKS)) {
    const codes = part.startsWith(ESCAPE) ? part.slice(2, -1).split(';').map(Number) : undefined;
    if (codes === undefined) {
      if (part !== '') found.push({ text: part, ...look });
      continue;
    }
    for (const code of codes) {
      if (code === 0) Object.assign(look, { bold: false, dim: false, colour: null });
      else if (code === 1) look.bold = true;
      else if (code === 2) look.dim = true;
      else if (code === 22) Object.assign(look, { bold: false, dim: false });
      else if (code === 39) look.colour = null;
      else if (COLOURS[code] !== undefined) look.colour = COLOURS[code];
    }
  }
  return found;
};

const drawLine = (line, row) => {
  let column = 0;
  return pieces(line).map(({ text, bold, dim, colour }) => {
    const x = (MARGIN + column * WIDTH).toFixed(1);
    const length = [...text].length;
    column += length;
    if (text.trim() === '') return '';
    const style = [
      ` x="${x}" y="${MARGIN + LINE * (row + 1) - 5}" textLength="${(length * WIDTH).toFixed(1)}"`,
      bold ? ' font-weight="bold"' : '',
      colour === null ? '' : ` fill="${colour}"`,
      dim ? ' fill-opacity="0.6"' : '',
    ];
    return `<text${style.join('')} xml:space="preserve">${escaped(text)}</text>`;
  });
};

/** `command` is shown after a prompt, above what it printed. */
export const terminalSvg = (command, printed) => {
  const lines = [
    `${ESCAPE}[32m$${ESCAPE}[39m ${ESCAPE}[1m${command}${ESCAPE}[22m`,
    ...printed.trimEnd().split('\n'),
  ];
  const columns = Math.max(...lines.map((line) => [...line.replaceAll(LOOKS, '')].length));
  const width = Math.ceil(2 * MARGIN + columns * WIDTH);
  const height = 2 * MARGIN + lines.length * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(command)}</title>`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">`,
    ...lines.flatMap(drawLine).filter((text) => text !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
};
