import type { FakeAnswer, FakeRequest } from './fakeApi.ts';

const now = Date.now();
const at = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const bytes = 1024 * 1024;

const models = [
  { model: 'claude-opus-4-5', input: 4120, output: 18_402, cacheRead: 1_284_300, cacheCreation: 94_211, costUsd: 1.7031 },
  { model: 'claude-haiku-4-5', input: 18_220, output: 2110, cacheRead: 40_100, cacheCreation: 0, costUsd: 0.0329 },
];
const usage = {
  models, totalTokens: 1_461_463, costUsd: 1.736, costSource: 'reported', cacheHits: 41, messages: 44,
  reconciliation: { agrees: false, counted: models, reported: models, differences: [{ model: 'claude-opus-4-5', kind: 'output', counted: 18_377, reported: 18_402 }] },
};
const diff = `--- a/src/Checkout/RetryPolicy.cs
+++ b/src/Checkout/RetryPolicy.cs
@@ -12,9 +12,12 @@ public sealed class RetryPolicy
     private readonly TimeProvider _clock;
 
-    public TimeSpan Delay(int attempt) => TimeSpan.FromSeconds(attempt);
+    public TimeSpan Delay(int attempt)
+    {
+        var seconds = Math.Min(60, Math.Pow(2, attempt));
+        return TimeSpan.FromSeconds(seconds * (0.5 + Random.Shared.NextDouble()));
+    }
 
     public bool ShouldRetry(int attempt, Exception error)
     {
-        return attempt < 3;
+        return attempt < 5 && error is not OperationCanceledException;
     }
`;
const long = `@@ -0,0 +1,120 @@\n${Array.from({ length: 120 }, (_, line) => `+    // case ${line}: the delay of attempt ${line % 7} stays below a minute`).join('\n')}\n`;
const changes = [
  { path: '.github/workflows/ci.yml', kind: 'modified', linesAdded: 1, linesRemoved: 1, bytes: 1840, attributed: false, toolUseIds: [], diff: '@@ -20,7 +20,7 @@ jobs:\n       - uses: actions/checkout@v5\n-        timeout-minutes: 10\n+        timeout-minutes: 60\n       - run: ./test\n' },
  { path: 'docs/old-retries.md', kind: 'deleted', linesAdded: 0, linesRemoved: 41, bytes: 0, attributed: false, toolUseIds: [], diff: null },
  { path: 'src/Checkout/RetryPolicy.cs', kind: 'modified', linesAdded: 6, linesRemoved: 2, bytes: 4210, attributed: true, toolUseIds: ['toolu_03', 'toolu_07'], diff },
  { path: 'tests/Checkout.Tests/RetryPolicyTests.cs', kind: 'added', linesAdded: 120, linesRemoved: 0, bytes: 7811, attributed: true, toolUseIds: ['toolu_05'], diff: long },
  { path: 'tests/Checkout.Tests/fixtures/slow-answer.bin', kind: 'added', bytes: 48_211, attributed: true, toolUseIds: ['toolu_06'] },
];
const denials = [
  { toolUseId: 'toolu_09', tool: 'Bash', resource: 'git push --force origin main', signals: ['permission_denied', 'tool_result', 'result'], reason: 'The mode of permissions does not allow this command.' },
  { toolUseId: 'toolu_10', tool: 'Write', resource: 'deploy/production.env', signals: ['policy'], reason: 'Files of the deployment are changed by people only.', policyId: 'no-deploy-files' },
];
const risk = {
  score: 62, level: 'high',
  contributions: [
    { rule: 'ci_files', points: 20, reason: 'A file that decides what CI does was changed.', resources: ['.github/workflows/ci.yml'] },
    { rule: 'unattributed_writes', points: 20, reason: '2 files were changed without a call that tells of it.', resources: ['.github/workflows/ci.yml', 'docs/old-retries.md'] },
    { rule: 'denied_attempts', points: 16, reason: '2 calls were refused.', resources: ['git push --force origin main', 'deploy/production.env'] },
    { rule: 'deletions', points: 6, reason: '1 file was deleted.', resources: ['docs/old-retries.md'] },
  ],
};
const chart = Array.from({ length: 120 }, (_, index) => [index * 4, Math.round((120 + 260 * Math.min(1, index / 60) + 22 * Math.sin(index / 3)) * bytes), Math.round((38 + Math.sin(index / 9)) * bytes), Math.round(60 + 50 * Math.sin(index / 5))]);

const commands = ['claude -p "Fix the flaky retry test" --output-format stream-json --verbose', 'dotnet test', 'claude -p "Update the dependencies" --output-format stream-json', 'npm run build', 'codex exec --json "Write the release notes"'];
const outcomes = ['completed', 'completed', 'completed', 'memory_limit', 'completed', 'failed', 'completed', 'budget_usd', 'hang_after_result', 'completed', 'agent_error', 'interrupted'];
const levels = ['low', 'low', 'high', 'medium', 'critical', 'low'];
const scores = [4, 12, 62, 31, 88, 0];

const items = Array.from({ length: 64 }, (_, index) => {
  const plain = index % 5 === 1 || index % 5 === 3;
  return {
    id: `20260301T0${index % 10}0000Z-${(0x1a2b3c00 + index).toString(16)}`, revision: 2, state: index === 0 ? 'running' : 'finished', outcome: index === 0 ? 'running' : outcomes[index % outcomes.length],
    exitCode: 0, startedAt: at(90 + index * 4100), finishedAt: at(index * 4100), durationSeconds: 31 + ((index * 137) % 900), platform: 'github', repository: ['acme/shop', 'acme/billing', 'acme/search-service-with-a-long-name'][index % 3],
    branch: index % 4 === 0 ? 'main' : `fix/retries-${index}`, commit: '9fceb02d0ae598e95dc970b74767f19372d61af8', pullRequest: index % 4 === 0 ? null : String(400 + index), pipeline: index % 6 === 5 ? null : ['ci', 'agent / fix', 'nightly'][index % 3],
    url: 'https://github.com/acme/shop/actions/runs/1', actor: ['lena', 'renovate[bot]', 'wang'][index % 3], actorName: index % 3 === 2 ? '王小明' : null, agent: plain ? null : index % 5 === 4 ? 'codex' : 'claude-code', model: plain ? null : 'claude-opus-4-5',
    command: commands[index % 5], riskScore: scores[index % 6], riskLevel: levels[index % 6], totalTokens: plain ? null : 41_000 + ((index * 77_713) % 1_900_000), costUsd: plain ? null : 0.04 + ((index * 37) % 310) / 100,
    turns: plain ? null : 12, changes: plain ? 0 : index % 9, denials: index % 6 === 4 ? 2 : 0, unattributed: 0, peakBytes: 300 * bytes, traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  };
});

const report = (id: string) => ({
  schema: 1, id, revision: 2, state: 'finished', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', startedAt: at(3600), finishedAt: at(3124), durationSeconds: 476.2,
  command: ['claude', '-p', 'Fix the flaky retry test', '--output-format', 'stream-json', '--verbose'], folder: '/home/runner/code/shop/shop', version: '0.1.0',
  ci: {
    platform: 'github', runId: '17133', attempt: '1', number: '4711', url: 'https://github.com/acme/shop/actions/runs/17133', jobName: 'fix', pipeline: 'agent / fix', actor: { id: 'lena', name: 'Lena Hofmann' },
    repository: 'acme/shop', repositoryUrl: 'https://github.com/acme/shop', branch: 'fix/retries', commit: '9fceb02d0ae598e95dc970b74767f19372d61af8', pullRequest: '412', event: 'pull_request',
  },
  agent: { name: 'claude-code', version: '2.1.4', model: 'claude-opus-4-5', sessionId: '0b1c' },
  outcome: { runId: id, traceId: '', exitCode: 102, exitSource: 'runner', reason: 'memory_limit', stoppedBy: 'runner', detail: 'The command and its processes used 512 MiB of 512 MiB and were ended.', peakMemoryBytes: 512 * bytes, limitBytes: 512 * bytes, startedAt: at(3600) },
  result: { subtype: 'success', isError: false, turns: 44, durationSeconds: 470, apiSeconds: 380, text: 'The retry test was flaky because the delay had no jitter and two attempts met.\n\n- RetryPolicy backs off exponentially with jitter, at most a minute.\n- 120 cases test it with a fake clock.', errors: [] },
  usage, budget: { tokens: { limit: 2_000_000, used: 1_461_463 }, usd: { limit: 2, used: 1.736 }, minutes: { limit: 30, used: 7.94 } },
  tools: [
    { name: 'Bash', calls: 14, failed: 2, denied: 1, durationSeconds: 201.4 }, { name: 'Edit', calls: 4, failed: 0, denied: 0, durationSeconds: 0.4 }, { name: 'Read', calls: 22, failed: 0, denied: 0, durationSeconds: 1.1 },
    { name: 'Task', calls: 1, failed: 0, denied: 0, durationSeconds: 88.2 }, { name: 'Write', calls: 3, failed: 0, denied: 1, durationSeconds: 0.2 }, { name: 'mcp__github__create_comment', calls: 1, failed: 0, denied: 0, durationSeconds: 0.9 },
  ],
  changes, denials, audit: { records: 9, denied: 2, failed: 2, unattributed: 2 }, risk,
  resources: { limitBytes: 512 * bytes, peakBytes: 512 * bytes, peakPercent: 100, measure: 'cgroup', cpuSeconds: 412.8, oomKills: 0, warnings: 2, garbageCollections: 3, samples: 220, chart },
  timeline: { entries: 1204, omitted: 0 }, warnings: [{ code: 'usage_differs', message: 'The agent’s account and what was counted differ by 25 tokens of output.' }], limits: { diff_bytes: 1 }, files: [{ name: 'trace.json', size: 9, sha256: 'd2a8' }],
});

const said = ['I look at the failing test first.', 'The delay has no jitter, so both attempts meet.', 'Now I write tests with a fake clock.', 'All tests pass.'];
const tools = [['Read', 'src/Checkout/RetryPolicy.cs'], ['Bash', 'dotnet test tests/Checkout.Tests'], ['Edit', 'src/Checkout/RetryPolicy.cs'], ['Grep', 'ShouldRetry'], ['Task', 'Find other users of RetryPolicy']];
const entries = Array.from({ length: 1204 }, (_, number) => {
  const turn = Math.floor(number / 6) + 1;
  const base = { number, at: at(3600 - number * 0.39), line: number, turn };
  const [tool = '', title = ''] = tools[turn % tools.length] ?? [];
  const call = `toolu_${String(turn).padStart(2, '0')}`;
  const parent = turn % 5 === 0 ? `toolu_${String(turn - 1).padStart(2, '0')}` : undefined;
  if (number === 0) return { ...base, turn: undefined, kind: 'session', title: 'Session began with claude-opus-4-5', detail: 'Tools: Bash, Edit, Read, Write, Task' };
  if (number % 6 === 1) return { ...base, kind: 'thinking', title: 'Thinking', detail: 'The test fails only sometimes; what is random in it?\nThe clock is real, and the delay is the same for both.', parentToolUseId: parent };
  if (number % 6 === 2) return { ...base, kind: 'text', title: 'Text', detail: said[turn % 4], tokens: 31_244, parentToolUseId: parent };
  if (number % 6 === 3) return { ...base, kind: 'tool', tool, title: `${tool} ${title}`, detail: JSON.stringify({ file_path: title, limit: 200 }), toolUseId: call, outcome: turn === 9 ? 'denied' : turn % 7 === 3 ? 'failed' : 'succeeded', durationSeconds: turn % 7 === 3 ? 22.4 : 0.04, parentToolUseId: parent };
  if (number % 6 === 4 && turn % 4 === 0) return { ...base, kind: 'note', title: 'api_retry', detail: 'Attempt 2 of 10 after 1.2 s: overloaded' };
  if (number === 1203) return { ...base, kind: 'result', title: 'Result: success', detail: 'The retry test was flaky because the delay had no jitter.' };
  if (turn === 9) return { ...base, kind: 'denial', title: `Refused: ${tool}`, tool, detail: 'The mode of permissions does not allow this command.', toolUseId: call };
  return number % 12 === 5 ? { ...base, turn: undefined, kind: 'sample', title: 'Memory is warning', detail: '399507456 bytes, 81.2 % of the limit' } : { ...base, turn: undefined, kind: 'runner', title: 'Memory is above 80 % of its limit.' };
});
const log = Array.from({ length: 900 }, (_, line) => JSON.stringify({ level: line % 40 === 7 ? 'warn' : line % 211 === 3 ? 'error' : 'info', ts: at(3600 - line * 0.5), caller: 'Resources/ResourceMonitor', msg: line % 40 === 7 ? 'Memory is at 81 % of the limit' : line % 211 === 3 ? 'Actor lena failed to modify Resource src/x' : 'Audit: Actor lena modified Resource src/Checkout/RetryPolicy.cs', trace_id: '4bf9', component: 'audit', tool: 'Edit', lines_added: 6 })).join('\n');
const nanos = (secondsAgo: number) => `${Date.parse(at(secondsAgo))}000000`;
const span = (spanId: string, parentSpanId: string | null, name: string, operation: string, from: number, to: number, failed = false) => ({ traceId: '4bf9', spanId, parentSpanId, name, kind: 1, startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(to), attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: operation } }, { key: 'gen_ai.tool.call.id', value: { stringValue: 'toolu_12' } }], status: failed ? { code: 2, message: 'exit code 1' } : {} });
const trace = JSON.stringify({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'cicd-runner' }, spans: [
  span('r', null, 'RUN Agent', '', 3600, 3000), span('a', 'r', 'invoke_agent claude-code', 'invoke_agent', 3598, 3001),
  ...Array.from({ length: 120 }, (_, index) => (index % 2 === 0 ? span(`c${index}`, 'a', 'chat claude-opus-4-5', 'chat', 3596 - index * 4.9, 3596 - index * 4.9 - 3.1) : span(`t${index}`, 'a', `execute_tool ${['Bash', 'Edit', 'Read'][index % 3] ?? ''}`, 'execute_tool', 3596 - index * 4.9, 3596 - index * 4.9 - (index % 7), index % 17 === 3))),
] }] }] });
const files = ['audit.jsonl', 'log.jsonl', 'trace.json', 'timeline.jsonl', 'samples.jsonl', 'summary.md'].map((name, index) => ({ name, size: 4211 * (index + 3) ** 3, sha256: 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26', received: index === 4 ? 91_211 : 4211 * (index + 3) ** 3, complete: index !== 4 }));

const row = (key: string | null, runs: number, scale: number) => ({ key, runs, input: 22_000 * scale, output: 91_000 * scale, cacheRead: 2_400_000 * scale, cacheCreation: 310_000 * scale, totalTokens: 2_823_000 * scale, costUsd: 4.21 * scale, unpricedRuns: key === null ? 1 : 0 });
const groups: Record<string, ReturnType<typeof row>[]> = {
  repository: [row('acme/shop', 41, 7.3), row('acme/billing', 18, 3.1), row('acme/search-service-with-a-long-name', 9, 1.2), row(null, 2, 0.1)],
  model: [row('claude-opus-4-5', 60, 9.8), row('claude-haiku-4-5', 44, 1.1), row('gpt-5-codex', 12, 0.8)],
  week: ['2026-W06', '2026-W07', '2026-W08', '2026-W09'].map((week, index) => row(week, 12 + index, 2 + ((index * 7) % 5))),
  actor: [row('lena', 31, 6.2), row('wang', 22, 3.9), row('renovate[bot]', 17, 1.6)],
};

const ok = (body: unknown): FakeAnswer => ({ status: 200, body });

/** The runs' API with made-up runs; null for what it does not know. */
export function runsAnswer({ path, params, scene, method }: FakeRequest): FakeAnswer | null {
  const [, , , , id = '', part = '', file = ''] = path.split('/').map(decodeURIComponent);
  if (method === 'DELETE') return { status: 204 };
  if (id === '') {
    const matching = items.filter((item) => ['repository', 'actor', 'agent', 'outcome', 'branch'].every((name) => !params.has(name) || item[name as 'agent'] === params.get(name)) && (item.riskScore ?? 0) >= Number(params.get('risk_min') ?? 0));
    return ok({ items: scene.has('empty') ? [] : matching, next: null });
  }
  if (id === 'costs') {
    const by = params.get('by') ?? 'repository';
    const rows = scene.has('empty') ? [] : (groups[by] ?? []);
    return ok({ by, from: params.get('from'), to: params.get('to'), items: rows, total: row(null, rows.reduce((all, one) => all + one.runs, 0), rows.reduce((all, one) => all + (one.costUsd ?? 0), 0) / 4.21), omitted: 0 });
  }
  if (id === 'none') return { status: 404, body: { code: 'not_found', title: 'There is no such run.', requestId: '0HN8' } };
  if (part === '') return ok(scene.has('bare') ? { id, revision: 1, state: 'incomplete', traceId: '4bf9', startedAt: at(90), command: ['make', 'test'], ci: { platform: 'shell' }, outcome: { reason: 'incomplete', detail: 'The runner was killed before the command had ended.' } } : report(id));
  if (part === 'timeline') {
    const from = Number(params.get('after') ?? -1) + 1;
    const page = scene.has('bare') ? [] : entries.slice(from, from + Number(params.get('limit') ?? 100));
    return ok({ items: page, next: from + page.length < entries.length && page.length > 0 ? String(from + page.length - 1) : null });
  }
  if (part === 'files' && file === '') return ok({ items: scene.has('bare') ? [] : files });
  if (file === 'log.jsonl' && !scene.has('bare')) return { status: 200, raw: new TextEncoder().encode(log) };
  if (file === 'trace.json' && !scene.has('bare')) return { status: 200, raw: new TextEncoder().encode(trace) };
  return null;
}
