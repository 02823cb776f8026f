// Checks the element templates the way the Modeler uses them.
//
//   node templates.js            validates every template
//   node templates.js --apply    draws the example machine-failures.bpmn: applies them to its bare outline
//                                with the Modeler's own code
//   node templates.js --check    validates, and fails when applying gives another example
//   node templates.js --png FILE a picture of the fields of the pipeline's parameters, to look at

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { validateAll } from '@bpmn-io/element-templates-validator';

import { withPage } from './browser.js';

const require = createRequire(import.meta.url);
const PROJECT = resolve(import.meta.dirname, '../..');
// The way the Modeler takes from a diagram in processes/.
const TEMPLATES = join(PROJECT, '.camunda/element-templates');
const EXAMPLES = join(PROJECT, 'src/test/resources/examples');
const OUTLINE = join(EXAMPLES, 'machine-failures-outline.bpmn');
const EXAMPLE = join(EXAMPLES, 'machine-failures.bpmn');
const MODELER = require.resolve('camunda-bpmn-js/dist/camunda-platform-modeler.production.min.js');
const STYLES = ['diagram-js', 'camunda-platform-modeler', 'properties-panel', 'element-templates'];

// What somebody types into the fields of the example.
const TYPED = { dataset: 'machine-failures.csv', target: 'failed', modelName: 'machine-failures', minimumAccuracy: '0.7' };

function templates() {
  return readdirSync(TEMPLATES)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, template: JSON.parse(readFileSync(join(TEMPLATES, file), 'utf8')) }));
}

/** What is wrong with the templates, a line each. */
function findings(all) {
  return all.flatMap(({ file, template }) => {
    const { valid, results } = validateAll([template]);
    return valid
      ? []
      : results.flatMap(({ errors }) => errors.map(({ message }) => `${file}: ${message}`));
  });
}

/** Applies the parameters to the process and to each bare task the template of its name. */
async function apply(page, all) {
  return page.evaluate(
    async (xml, templates, typed) => {
      document.body.innerHTML =
        '<div id="canvas" style="position: absolute; width: 800px; height: 100%"></div>'
        + '<div id="panel" style="position: absolute; left: 800px; width: 480px; height: 100%"></div>';
      window.modeler = new BpmnModeler({
        container: '#canvas',
        propertiesPanel: { parent: '#panel' },
      });
      const problems = [];
      modeler.on('elementTemplates.errors', ({ errors }) =>
        problems.push(...errors.map(({ message }) => message)));
      modeler.get('elementTemplatesLoader').setTemplates(templates);
      const { warnings } = await modeler.importXML(xml);
      problems.push(...warnings.map(({ message }) => message));

      const elements = modeler.get('elementRegistry');
      const applier = modeler.get('elementTemplates');
      const named = (name) => templates.find((template) => template.name === name);
      applier.applyTemplate(modeler.get('canvas').getRootElement(), named('Parameters of advertising-pipeline'));
      for (const task of elements.filter(({ type, labelTarget }) => type === 'bpmn:Task' && !labelTarget)) {
        const template = named(task.businessObject.name);
        if (!template) {
          problems.push(`No template is called '${task.businessObject.name}'`);
          continue;
        }
        const { id } = task;
        const step = applier.applyTemplate(task, template);
        // Drawn anew, a shape gets a random id.
        step.di.id = `${id}_di`;
      }

      const root = modeler.get('canvas').getRootElement();
      const properties = root.businessObject.extensionElements.values
        .find(({ $type }) => $type === 'camunda:Properties').values;
      for (const [name, value] of Object.entries(typed)) {
        modeler.get('modeling').updateModdleProperties(
          root, properties.find((property) => property.name === name), { value });
      }
      return { problems, xml: (await modeler.saveXML({ format: true })).xml };
    },
    readFileSync(OUTLINE, 'utf8'),
    all.map(({ template }) => template),
    TYPED,
  );
}

async function screenshot(page, file) {
  for (const style of STYLES) {
    await page.addStyleTag({ path: require.resolve(`camunda-bpmn-js/dist/assets/${style}.css`) });
  }
  await page.setViewport({ width: 1280, height: 3200 });
  // The panel shows an element anew when it is selected.
  const open = async (selected) => {
    await page.evaluate((id) => {
      modeler.get('selection').select(id ? modeler.get('elementRegistry').get(id) : []);
    }, selected);
    await page.waitForSelector('[data-group-id^="group-ElementTemplates__CustomProperties"]');
  };
  await open('serviceTask_buildModel');
  await open(null);
  await page.waitForSelector('[data-group-id="group-ElementTemplates__CustomProperties-loadData"]');
  await page.evaluate(() =>
    document
      .querySelectorAll('.bio-properties-panel-group-header:not(.open)')
      .forEach((header) => header.click()));
  await page.screenshot({ path: file });
}

const { values: options } = parseArgs({
  options: { apply: { type: 'boolean' }, check: { type: 'boolean' }, png: { type: 'string' } },
});
const all = templates();
const wrong = findings(all);
if (wrong.length === 0 && (options.apply || options.check || options.png)) {
  await withPage(MODELER, async (page) => {
    const { problems, xml } = await apply(page, all);
    wrong.push(...problems);
    if (options.apply && wrong.length === 0) {
      writeFileSync(EXAMPLE, xml);
      console.log(EXAMPLE);
    } else if (options.check && (!existsSync(EXAMPLE) || readFileSync(EXAMPLE, 'utf8') !== xml)) {
      wrong.push(
        `${relative(PROJECT, EXAMPLE)} is not what the templates give; run 'npm run templates'`);
    }
    if (options.png) {
      await screenshot(page, options.png);
    }
  });
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${all.length} element templates are valid.`);
}
