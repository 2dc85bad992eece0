// Takes pictures of pages in themes, languages and sizes: node dev/screenshots.mjs OUT [name-filter]
// Needs a running console (BASE, default http://127.0.0.1:4173) and Chromium (CHROMIUM, default /usr/bin/chromium).
import { chromium } from 'playwright-core';
import { shots } from './shots.mjs';

const base = process.env.BASE ?? 'http://127.0.0.1:4173';
const [out = 'shots', filter = ''] = process.argv.slice(2);
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
for (const shot of shots.filter(({ name }) => name.includes(filter))) {
  const { name, path, width = 1280, height = 800, theme = 'light', locale = 'en', scene = '', act, wait = 900, full = true } = shot;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: locale === 'zh' ? 'zh-CN' : 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  await context.addCookies([{ name: 'fake', value: scene, url: base }]);
  if (scene.includes('slow')) await context.route(/\/(api\/v1\/(?!session)|prometheus\/)/, () => undefined);
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/status of (4|5)\d\d/.test(message.text()) && console.log(name, message.type(), message.text()));
  page.on('pageerror', (error) => console.log(name, 'threw', error.message));
  await page.goto(base + path);
  await page.waitForTimeout(wait);
  try {
    await act?.(page);
  } catch (error) {
    console.log(name, 'act failed', error.message.split('\n')[0]);
  }
  if (full) {
    const tall = await page.evaluate(() => (document.querySelector('#content')?.scrollHeight ?? 0) + 110);
    await page.setViewportSize({ width, height: Math.min(Math.max(height, tall), 4000) });
    await page.waitForTimeout(250);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) console.log(name, 'overflows by', overflow);
  await page.screenshot({ path: `${out}/${name}.png` });
  await context.close();
}
await browser.close();
