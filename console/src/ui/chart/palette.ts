/** The colours of the current theme as a canvas needs them. */
export interface ChartPalette {
  /** Index 0 is the grey for reference lines, 1–12 the series colours. */
  series: readonly string[];
  ink: string;
  grid: string;
  surface: string;
}

/** Resolves the style sheet's tokens in the place where the chart stands. */
export function readPalette(host: HTMLElement): ChartPalette {
  const probe = document.createElement('span');
  // Where motion is reduced, the style sheet gives every element a short transition, and the colour read would be the one before.
  probe.style.setProperty('transition', 'none', 'important');
  host.append(probe);
  const resolve = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    series: [resolve('--line-strong'), ...Array.from({ length: 12 }, (_, index) => resolve(`--series-${index + 1}`))],
    ink: resolve('--ink-3'),
    grid: resolve('--line'),
    surface: resolve('--surface'),
  };
  probe.remove();
  return palette;
}

/** The same colour, see-through: `rgb(1, 2, 3)` at 0.2 becomes `rgba(1, 2, 3, 0.2)`. */
export function withAlpha(colour: string, alpha: number): string {
  const numbers = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ['0', '0', '0'];
  return `rgba(${numbers.join(', ')}, ${alpha})`;
}
