import { download, toCsv } from '@/lib/csv';
import type { ChartData } from '@/lib/chartData';

/** A file name without what file systems dislike. */
const fileName = (title: string, ending: string) => `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'chart'}.${ending}`;

/** Rows of a chart: one a time, one column a series, times in RFC 3339. */
export function chartRows(data: ChartData): (string | number | null)[][] {
  return data.times.map((seconds, index) => [new Date(seconds * 1000).toISOString(), ...data.series.map((one) => one.values[index] ?? null)]);
}

export function downloadCsv(title: string, data: ChartData): void {
  const text = toCsv(['time', ...data.series.map((one) => one.name)], chartRows(data));
  download(fileName(title, 'csv'), new Blob([text], { type: 'text/csv;charset=utf-8' }));
}

/** Saves what is drawn, on the surface's colour and with the title above. */
export function downloadPng(title: string, canvas: HTMLCanvasElement): void {
  const scale = window.devicePixelRatio || 1;
  const head = 34 * scale;
  const picture = document.createElement('canvas');
  picture.width = canvas.width;
  picture.height = canvas.height + head;
  const pen = picture.getContext('2d');
  if (pen === null) return;
  const style = getComputedStyle(document.body);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = style.color;
  pen.font = `600 ${14 * scale}px 'Inter Variable', sans-serif`;
  pen.fillText(title, 12 * scale, 22 * scale);
  pen.drawImage(canvas, 0, head);
  picture.toBlob((blob) => blob && download(fileName(title, 'png'), blob));
}
