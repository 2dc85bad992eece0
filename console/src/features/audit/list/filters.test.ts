import { describe, expect, it } from 'vitest';
import { eventsQuery, filtersPatch, readFilters, readSaved, withoutValue, withValue, writeSaved, type AuditFilters } from './filters';
import { namesFilter, readFilterText, writeFilterText } from './filterText';

const some: AuditFilters = {
  text: 'grafana nightly',
  values: { actor: ['Lena "L" Hofmann'], action: ['token.create', 'token.revoke'], resourceType: ['token'], outcome: ['denied'], address: ['2001:db8::1'] },
};

const asSearch = (filters: AuditFilters) => Object.fromEntries(Object.entries(filtersPatch(filters)).filter((entry): entry is [string, string] => entry[1] !== undefined));

describe('the filters', () => {
  it('read back from the address what they write there', () => expect(readFilters(asSearch(some))).toEqual(some));

  it('read back as text what they write as text', () => expect(readFilterText(writeFilterText(some))).toEqual(some));

  it('read back what is saved under a name, with its range', () => {
    const patch = readSaved(writeSaved(some, { from: 'now-7d', to: 'now' }));
    expect(readFilters(patch as Record<string, string>)).toEqual(some);
    expect([patch['from'], patch['to']]).toEqual(['now-7d', 'now']);
    expect(writeSaved(some, { from: 'now-7d', to: 'now' })).toContain('range=7d');
    expect(readSaved('from=2026-01-01&to=2026-02-01&unknown=1')).toMatchObject({ from: '2026-01-01', to: '2026-02-01', actor: undefined });
  });

  it('ask the API with one parameter a value, and leave an end that is now open', () => {
    const query = eventsQuery(some, { from: 'now-1h', to: 'now' }, Date.UTC(2026, 0, 1, 12));
    expect(query.getAll('action')).toEqual(['token.create', 'token.revoke']);
    expect([query.get('from'), query.get('to'), query.get('text')]).toEqual(['2026-01-01T11:00:00.000Z', null, 'grafana nightly']);
  });

  it('add to what takes several values, and replace what takes one', () => {
    expect(withValue(some, 'action', 'token.use').values.action).toEqual(['token.create', 'token.revoke', 'token.use']);
    expect(withValue(some, 'actor', 'admin').values.actor).toEqual(['admin']);
    expect(withoutValue(some, 'outcome', 'denied').values).not.toHaveProperty('outcome', ['denied']);
    expect(withoutValue(some, 'action', 'token.revoke').values.action).toEqual(['token.create']);
  });
});

describe('the text form', () => {
  it.each([
    ['actor:admin', { text: '', values: { actor: ['admin'] } }],
    ['Type:job id:42 broken', { text: 'broken', values: { resourceType: ['job'], resourceId: ['42'] } }],
    ['outcome:failed,denied', { text: '', values: { outcome: ['failed', 'denied'] } }],
    ['colour:blue http://x', { text: 'colour:blue http://x', values: {} }],
    ['"two words"', { text: '"two words"', values: {} }],
    ['actor:', { text: 'actor:', values: {} }],
    ['   ', { text: '', values: {} }],
  ])('reads %s', (input, filters) => expect(readFilterText(input)).toEqual(filters));

  it('knows whether a filter is named', () => {
    expect([namesFilter('actor:ad'), namesFilter('a:b c'), namesFilter('actor')]).toEqual([true, false, false]);
  });
});
