const click = (text) => (page) => page.getByRole('button', { name: text }).first().click().then(() => page.waitForTimeout(400));

const run = '/runs/20260301T010000Z-1a2b3c01';

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
  { name: 'metrics-empty', path: '/explore/metrics' },
  { name: 'metrics-empty-390-zh-dark', path: '/explore/metrics', width: 390, locale: 'zh', theme: 'dark' },
  { name: 'metrics-cpu', path: '/explore/metrics?q.A=avg+by+(mode)+(rate(node_cpu_seconds_total{mode!="idle"}[1m]))&unit=percent&chart=stacked', wait: 1500 },
  { name: 'metrics-two-dark-zh', path: '/explore/metrics?q.A=sum+by+(device)+(rate(node_network_receive_bytes_total[1m]))&q.sent=sum+by+(device)+(rate(node_network_transmit_bytes_total[1m]))', theme: 'dark', locale: 'zh', wait: 1500 },
  { name: 'metrics-50', path: '/explore/metrics?q.A=rate(shop_requests_total[5m])&explore=1', wait: 1500 },
  { name: 'metrics-50-hover', path: '/explore/metrics?q.A=rate(shop_requests_total[5m])', wait: 1500, full: false, act: async (page) => { await page.mouse.move(700, 400); await page.mouse.move(720, 410); await page.waitForTimeout(200); } },
  { name: 'metrics-error', path: '/explore/metrics?q.A=sum(rate(node_cpu_seconds_total[1m])', wait: 2500 },
  { name: 'metrics-table', path: '/explore/metrics?q.A=node_filesystem_avail_bytes&view=table', wait: 1500 },
  { name: 'metrics-table-range-dark', path: '/explore/metrics?q.A=rate(shop_requests_total[5m])&view=table&table=range', theme: 'dark', wait: 1500 },
  { name: 'metrics-390', path: '/explore/metrics?q.A=rate(node_disk_written_bytes_total[1m])&q.B=node_load1', width: 390, wait: 1500 },
  { name: 'metrics-none', path: '/explore/metrics?q.A=nothing_here', wait: 1500 },
  {
    name: 'metrics-complete', path: '/explore/metrics', wait: 1500, full: false, act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('sum(rate(node_', { delay: 30 });
      await page.waitForTimeout(900);
    },
  },
  {
    name: 'metrics-detail', path: '/explore/metrics?explore=1', wait: 1500, act: async (page) => {
      await page.fill('input[type=search]', 'http');
      await page.waitForTimeout(300);
      await page.locator('li button', { hasText: 'http_server' }).last().click();
      await page.waitForTimeout(500);
      await page.locator('li button', { hasText: 'status_code' }).last().click();
      await page.waitForTimeout(300);
    },
  },
  { name: 'settings-tokens', path: '/settings/tokens' },
  { name: 'settings-tokens-390-zh-dark', path: '/settings/tokens', width: 390, locale: 'zh', theme: 'dark' },
  { name: 'settings-tokens-empty', path: '/settings/tokens', scene: 'empty' },
  { name: 'settings-tokens-viewer', path: '/settings/tokens', scene: 'viewer' },
  { name: 'settings-tokens-new', path: '/settings/tokens?new=1', full: false, act: async (page) => { await page.getByLabel('Only these scopes').check(); await page.getByRole('button', { name: 'Create token' }).click(); await page.waitForTimeout(300); } },
  { name: 'settings-tokens-secret-dark', path: '/settings/tokens?new=1', theme: 'dark', full: false, act: async (page) => { await page.getByLabel('Name', { exact: true }).fill('ci'); await page.getByRole('button', { name: 'Create token' }).click(); await page.waitForTimeout(500); } },
  { name: 'settings-tokens-revoke', path: '/settings/tokens', full: false, act: async (page) => { await page.getByRole('button', { name: 'Revoke grafana' }).click(); await page.waitForTimeout(300); } },
  { name: 'settings-users', path: '/settings/users', act: async (page) => { await page.getByRole('button', { name: 'Actions for lena' }).click(); await page.waitForTimeout(300); } },
  { name: 'settings-users-zh-390', path: '/settings/users', locale: 'zh', width: 390 },
  { name: 'settings-users-taken', path: '/settings/users?new=1', full: false, act: async (page) => { await page.getByLabel('Name', { exact: true }).fill('admin'); await page.getByLabel('First password').fill('correct horse battery'); await page.getByRole('button', { name: 'Create user' }).click(); await page.waitForTimeout(400); } },
  { name: 'settings-tenants', path: '/settings/tenants' },
  { name: 'settings-limits', path: '/settings/limits' },
  { name: 'settings-limits-390-dark-zh', path: '/settings/limits', width: 390, theme: 'dark', locale: 'zh' },
  { name: 'audit', path: '/audit', wait: 1500 },
  { name: 'audit-filtered-dark-zh', path: '/audit?actor=admin&outcome=failed,succeeded&from=now-30d&to=now', theme: 'dark', locale: 'zh', wait: 1500 },
  { name: 'audit-390', path: '/audit', width: 390, wait: 1500 },
  { name: 'audit-empty', path: '/audit', scene: 'empty', wait: 1500 },
  { name: 'audit-viewer', path: '/audit', scene: 'viewer', wait: 1000 },
  { name: 'audit-filter-menu', path: '/audit', wait: 1500, full: false, act: async (page) => { await page.getByRole('button', { name: 'Filter', exact: true }).click(); await page.getByRole('menuitem', { name: 'Action' }).hover(); await page.waitForTimeout(500); } },
  { name: 'audit-edit', path: '/audit?actor=lena.hofmann&action=job.update', wait: 1500, full: false, act: click('Edit the filters as text') },
  { name: 'audit-saved', path: '/audit?actor=lena.hofmann', wait: 1500, full: false, act: async (page) => { await click('Saved filters')(page); await page.getByLabel('Name', { exact: true }).fill('what Lena did'); await page.getByRole('button', { name: 'Save', exact: true }).click(); await page.waitForTimeout(500); } },
  { name: 'audit-event', path: '/audit/634', wait: 1800 },
  { name: 'audit-event-inline-dark-zh', path: '/audit/634?diff=inline', theme: 'dark', locale: 'zh', wait: 1800 },
  { name: 'audit-event-way-dark', path: '/audit/634', theme: 'dark', wait: 1800, act: async (page) => { await page.getByText('Show the way').click(); await page.getByText('Show the checkpoint').click(); await page.waitForTimeout(300); } },
  { name: 'audit-event-tampered', path: '/audit/634', scene: 'tampered', wait: 1800 },
  { name: 'audit-event-created', path: '/audit/632', wait: 1800 },
  { name: 'audit-event-denied', path: '/audit/636', wait: 1800 },
  { name: 'audit-event-390', path: '/audit/634', width: 390, wait: 1800 },
  { name: 'audit-event-compare', path: '/audit/634', wait: 1800, full: false, act: async (page) => { await page.getByRole('button', { name: 'Compare' }).click(); await page.getByLabel('Value').fill('x'); await page.waitForTimeout(300); } },
  { name: 'audit-actor', path: '/audit/actors/u1', wait: 1500 },
  { name: 'audit-resource', path: '/audit/resources/job/0197c2f4-5c1e-7d4a-9f0e-0f6f1f7a1b11', wait: 1500 },
  { name: 'settings-audit', path: '/settings/audit', wait: 1500, act: async (page) => { await page.getByLabel('Days', { exact: true }).fill('1'); await page.waitForTimeout(900); await click('Compare with what')(page); } },
  { name: 'settings-audit-dark-zh', path: '/settings/audit', theme: 'dark', locale: 'zh', wait: 1500 },
  { name: 'settings-audit-confirm', path: '/settings/audit', wait: 1500, full: false, act: async (page) => { await page.getByLabel('Days', { exact: true }).fill('1'); await page.waitForTimeout(900); await page.getByRole('button', { name: 'Change', exact: true }).click(); await page.waitForTimeout(400); } },
  { name: 'settings-audit-390', path: '/settings/audit', width: 390, wait: 1500 },
  { name: 'runs', path: '/runs', wait: 1500 },
  { name: 'runs-filtered-dark-zh', path: '/runs?repository=acme/shop&outcome=completed&risk=medium&sort=-cost', theme: 'dark', locale: 'zh', wait: 1500 },
  { name: 'runs-390', path: '/runs', width: 390, wait: 1500, full: false },
  { name: 'runs-empty', path: '/runs', scene: 'empty', wait: 1500 },
  { name: 'runs-filter-menu', path: '/runs', wait: 1500, full: false, act: async (page) => { await page.getByRole('button', { name: 'Filter', exact: true }).click(); await page.getByRole('menuitem', { name: 'Branch' }).hover(); await page.waitForTimeout(500); } },
  ...['summary', 'timeline', 'changes', 'denials', 'memory', 'usage', 'trace', 'log', 'files'].map((tab) => ({ name: `run-${tab}`, path: `${run}?tab=${tab}`, wait: 1500 })),
  ...['summary', 'timeline', 'changes', 'memory', 'usage'].map((tab) => ({ name: `run-${tab}-dark-zh`, path: `${run}?tab=${tab}`, theme: 'dark', locale: 'zh', wait: 1500 })),
  { name: 'run-summary-390', path: run, width: 390, wait: 1500 },
  { name: 'run-timeline-problems', path: `${run}?tab=timeline&call=toolu_09`, wait: 1500, full: false },
  { name: 'run-bare', path: run, scene: 'bare', wait: 1500 },
  { name: 'run-none', path: '/runs/none', wait: 1500 },
  { name: 'runs-costs', path: '/runs/costs', wait: 1500 },
  { name: 'runs-costs-tokens-dark-zh', path: '/runs/costs?by=week&measure=tokens', theme: 'dark', locale: 'zh', wait: 1500 },
  { name: 'runs-costs-empty', path: '/runs/costs', scene: 'empty', wait: 1500 },
  { name: 'notfound', path: '/nowhere' },
];
