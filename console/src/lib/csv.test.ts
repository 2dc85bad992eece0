import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('quotes what needs quoting and disarms formulas', () => {
  expect(toCsv(['a', 'b'], [['x,"y"', 1], ['=1+1', null], ['two\nlines', -2]])).toBe('a,b\r\n"x,""y""",1\r\n\'=1+1,\r\n"two\nlines",-2\r\n');
});
