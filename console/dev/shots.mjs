const click = (text) => (page) => page.getByRole('button', { name: text }).first().click().then(() => page.waitForTimeout(400));

/** What dev/screenshots.mjs looks at. */
export const shots = [
  { name: 'signin', path: '/sign-in', scene: 'signed-out' },
  { name: 'signin-zh-dark-390', path: '/sign-in', scene: 'signed-out', width: 390, theme: 'dark', locale: 'zh' },
  { name: 'signin-bad-link', path: '/sign-in#link=bad', scene: 'signed-out' },
  { name: 'signin-choose', path: '/sign-in', scene: 'must-set', theme: 'dark' },
  {
    name: 'signin-slowed', path: '/sign-in', scene: 'signed-out+slowed', act: async (page) => {
      await page.fill('[name=username]', 'admin');
      await page.fill('[name=password]', 'x');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    },
  },
  { name: 'shell-390-drawer', path: '/settings', width: 390, act: click('Open the navigation'), full: false },
  { name: 'palette', path: '/overview', act: async (page) => { await page.keyboard.press('Control+k'); await page.waitForTimeout(500); }, full: false },
  { name: 'keys-dark', path: '/overview', theme: 'dark', act: async (page) => { await page.keyboard.press('?'); await page.waitForTimeout(500); }, full: false },
  { name: 'time', path: '/overview', act: async (page) => { await page.keyboard.press('t'); await page.waitForTimeout(500); }, full: false },
  { name: 'overview', path: '/overview' },
  { name: 'overview-dark-zh', path: '/overview', theme: 'dark', locale: 'zh' },
  { name: 'overview-390', path: '/overview', width: 390 },
  { name: 'overview-390-dark-zh', path: '/overview', width: 390, theme: 'dark', locale: 'zh' },
  { name: 'overview-fresh', path: '/overview', scene: 'fresh' },
  { name: 'overview-empty', path: '/overview', scene: 'empty' },
  { name: 'overview-error', path: '/overview', scene: 'error', wait: 4500 },
  { name: 'overview-slow', path: '/overview', scene: 'slow', full: false },
  {
    name: 'overview-hover', path: '/overview', full: false, act: async (page) => {
      await page.mouse.move(600, 250);
      await page.mouse.move(640, 260);
      await page.waitForTimeout(200);
    },
  },
  { name: 'overview-expanded-dark', path: '/overview?panel=memory', theme: 'dark', full: false },
];
