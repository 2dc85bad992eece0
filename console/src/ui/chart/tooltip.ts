import type uPlot from 'uplot';
import type { ChartData } from '@/lib/chartData';
import { dateFormat, formatValue } from '@/lib/format';
import type { Locale } from '@/lib/locale';
import type { Unit } from '@/lib/units';

export interface TooltipContext {
  data: ChartData;
  unit: Unit;
  locale: Locale;
  colours: readonly string[];
  /** Adds a line with the sum, for stacked charts. */
  totalLabel?: string;
  moreLabel: (count: number) => string;
  isHidden: (key: string) => boolean;
}

const mostRows = 50;

interface Row {
  name: string;
  value: number;
  colour: string;
}

function rowsAt(index: number, context: TooltipContext): Row[] {
  const rows: Row[] = [];
  for (const one of context.data.series) {
    const value = one.values[index];
    if (value === null || value === undefined || context.isHidden(one.key)) continue;
    rows.push({ name: one.name, value, colour: context.colours[one.colour] ?? 'currentColor' });
  }
  return rows.sort((a, b) => b.value - a.value);
}

function element(className: string, text = ''): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.textContent = text;
  return made;
}

function rowElement(row: Row, context: TooltipContext, near: boolean): HTMLElement {
  const line = element(`flex items-center gap-2 break-inside-avoid ${near ? 'font-semibold' : ''}`);
  const mark = element('h-0.75 w-2.5 shrink-0 rounded-full');
  mark.style.background = row.colour;
  line.append(mark, element('min-w-0 flex-1 truncate', row.name), element('tabular pl-3', formatValue(context.locale, row.value, context.unit)));
  return line;
}

/**
 * The box that follows the pointer and lists all series at that instant, the largest first. Made of plain elements
 * rather than React's, because it changes with every movement of the pointer.
 */
export function createTooltip() {
  const box = element('pop pointer-events-none fixed top-0 left-0 z-50 px-3 py-2 text-xs');
  box.setAttribute('aria-hidden', 'true');
  box.hidden = true;
  box.style.contain = 'layout paint style';
  document.body.append(box);

  const fill = (self: uPlot, index: number, context: TooltipContext) => {
    const rows = rowsAt(index, context);
    const pointed = self.posToVal(self.cursor.top ?? 0, 'y');
    const nearest = context.totalLabel === undefined ? rows.reduce<Row | null>((best, row) => (best === null || Math.abs(row.value - pointed) < Math.abs(best.value - pointed) ? row : best), null) : null;
    const list = element(rows.length > 12 ? 'mt-1 columns-2 gap-5' : 'mt-1');
    list.append(...rows.slice(0, mostRows).map((row) => rowElement(row, context, row === nearest && rows.length > 1)));
    const seconds = context.data.times[index] ?? 0;
    const time = dateFormat(context.locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    box.replaceChildren(element('tabular text-ink-3', time.format(seconds * 1000)), list);
    if (rows.length > mostRows) box.append(element('mt-1 text-ink-3', context.moreLabel(rows.length - mostRows)));
    if (context.totalLabel !== undefined && rows.length > 1) {
      const total = element('mt-1 flex justify-between border-t border-line pt-1');
      const sum = rows.reduce((all, row) => all + row.value, 0);
      total.append(element('text-ink-2', context.totalLabel), element('tabular pl-4', formatValue(context.locale, sum, context.unit)));
      box.append(total);
    }
    box.style.width = rows.length > 12 ? 'min(640px, calc(100vw - 24px))' : 'max-content';
    box.style.maxWidth = 'min(640px, calc(100vw - 24px))';
    return rows.length > 0;
  };

  const place = (self: uPlot) => {
    const area = self.over.getBoundingClientRect();
    const x = area.left + (self.cursor.left ?? 0);
    const y = area.top + (self.cursor.top ?? 0);
    const { width, height } = box.getBoundingClientRect();
    const left = x + 16 + width > window.innerWidth - 8 ? x - 16 - width : x + 16;
    const top = Math.min(Math.max(8, y - height / 3), window.innerHeight - height - 8);
    box.style.transform = `translate(${Math.max(8, Math.round(left))}px, ${Math.round(Math.max(8, top))}px)`;
  };

  return {
    show(self: uPlot, context: TooltipContext): void {
      const { idx } = self.cursor;
      const shown = idx !== null && idx !== undefined && (self.cursor.left ?? -1) >= 0 && fill(self, idx, context);
      box.hidden = !shown;
      if (shown) place(self);
    },
    hide(): void {
      box.hidden = true;
    },
    remove(): void {
      box.remove();
    },
  };
}
