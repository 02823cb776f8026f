// Draws docs/images/<model>.svg for every model in processes/, and the example for the Modeler.
//
//   node render.js                 draws the pictures again
//   node render.js --png FOLDER    draws PNGs into FOLDER, to look at while laying out
//   node render.js --check         fails when a picture does not belong to its model
//
// A picture names the SHA-256 of the model it was drawn from, so the check needs neither browser nor
// fonts and gives the same answer on every machine.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { withPage } from './browser.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const MODELS = join(PROJECT, 'processes');
const PICTURES = join(PROJECT, 'docs/images');
const EXAMPLE = {
  file: join(PROJECT, 'src/test/resources/examples/machine-failures.bpmn'),
  pictures: join(PROJECT, 'camunda-modeler'),
};
const MARGIN = 16;
const VIEWER = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');

function models() {
  const shipped = readdirSync(MODELS)
    .filter((file) => file.endsWith('.bpmn'))
    .sort()
    .map((file) => ({ file: join(MODELS, file), pictures: PICTURES }));
  return [...shipped, EXAMPLE].map(({ file, pictures }) => {
    const xml = readFileSync(file, 'utf8');
    const name = basename(file, '.bpmn');
    return {
      name,
      path: relative(PROJECT, file),
      xml,
      // Git may check files out with other line ends.
      hash: createHash('sha256').update(xml.replaceAll('\r\n', '\n')).digest('hex'),
      picture: join(pictures, `${name}.svg`),
    };
  });
}

function stamp(hash) {
  return `<!-- drawn from the model with SHA-256 ${hash} -->`;
}

/** What is wrong with the pictures, a line each. */
function findings(all) {
  const wrong = all
    .filter(({ picture, hash }) => !existsSync(picture) || !readFileSync(picture, 'utf8').includes(stamp(hash)))
    .map(({ path, picture }) =>
      `${relative(PROJECT, picture)} ${existsSync(picture) ? 'is older than' : 'is missing for'} ${path}`);
  const orphans = (existsSync(PICTURES) ? readdirSync(PICTURES) : [])
    .filter((file) => file.endsWith('.svg') && readFileSync(join(PICTURES, file), 'utf8').includes('drawn from the model'))
    .filter((file) => !all.some(({ picture }) => basename(picture) === file))
    .map((file) => `docs/images/${file} has no model any more`);
  return [...wrong, ...orphans];
}

/** Draws one model with bpmn-js, as the Modeler and Cockpit do. */
async function draw(page, { name, path, xml, hash }) {
  const { svg, warnings } = await page.evaluate(async (source) => {
    document.body.innerHTML = '<div id="canvas" style="width: 1000px; height: 600px"></div>';
    const viewer = new BpmnJS({ container: '#canvas' });
    const { warnings } = await viewer.importXML(source);
    const { svg } = await viewer.saveSVG();
    return { svg, warnings: warnings.map(({ message }) => message) };
  }, xml);
  if (warnings.length > 0) {
    throw new Error(`${path}: ${warnings.join('; ')}`);
  }
  return frame(withStableIds(svg, name), hash);
}

/** bpmn-js draws the ids of its arrow heads at random; a picture drawn again has to be the same. */
function withStableIds(svg, name) {
  const ids = new Map();
  return svg.replace(/marker-[a-z0-9]{20,}/g, (id) => {
    if (!ids.has(id)) {
      ids.set(id, `arrow-${name}-${ids.size + 1}`);
    }
    return ids.get(id);
  });
}

/** A margin and a white ground: pictures are also shown on dark pages. */
function frame(svg, hash) {
  const [, x, y, width, height] = svg
    .match(/viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"/)
    .map(Number);
  const box = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN];
  return svg
    .replace(/<svg [^>]*>/, (tag) =>
      tag
        .replace(/width="[^"]*"/, `width="${box[2]}"`)
        .replace(/height="[^"]*"/, `height="${box[3]}"`)
        .replace(/viewBox="[^"]*"/, `viewBox="${box.join(' ')}"`) +
      `<rect x="${box[0]}" y="${box[1]}" width="100%" height="100%" fill="white"/>`)
    .replace(/<svg /, `${stamp(hash)}\n<svg `);
}

async function writePng(page, svg, file) {
  const [, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/).map(Number);
  await page.setViewport({ width: Math.ceil(width), height: Math.ceil(height) });
  await page.evaluate((picture) => {
    document.body.style.margin = '0';
    document.body.innerHTML = picture;
  }, svg.slice(svg.indexOf('<svg ')));
  await page.screenshot({ path: file });
}

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, png: { type: 'string' } },
});
const all = models();

if (options.check) {
  const wrong = findings(all);
  if (wrong.length > 0) {
    console.error(`${wrong.join('\n')}\nRun 'npm run render' in src/diagrams and look at the result.`);
    process.exitCode = 1;
  } else {
    console.log(`The pictures of ${all.length} models are up to date.`);
  }
} else {
  await withPage(VIEWER, async (page) => {
    for (const model of all) {
      const svg = await draw(page, model);
      const folder = resolve(options.png ?? PICTURES);
      mkdirSync(folder, { recursive: true });
      const file = options.png ? join(folder, `${model.name}.png`) : model.picture;
      if (options.png) {
        await writePng(page, svg, file);
      } else {
        writeFileSync(file, `${svg.trimEnd()}\n`);
      }
      console.log(file);
    }
  });
}
