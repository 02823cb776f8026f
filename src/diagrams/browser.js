import { existsSync } from 'node:fs';

import puppeteer from 'puppeteer-core';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function browserPath() {
  const found = [process.env.CHROMIUM, ...BROWSERS].find((path) => path && existsSync(path));
  if (!found) {
    throw new Error(`No browser at ${BROWSERS.join(', ')}; install Chromium, or name one in CHROMIUM`);
  }
  return found;
}

/** Does some work in an empty page that has loaded a script. */
export async function withPage(script, work) {
  const browser = await puppeteer.launch({
    executablePath: browserPath(),
    // CI runs as root, where Chromium's sandbox does not start; it only reads our own files.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ path: script });
    return await work(page);
  } finally {
    await browser.close();
  }
}
