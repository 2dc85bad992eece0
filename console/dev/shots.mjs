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
];
