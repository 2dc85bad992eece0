/** How links to pages that stand side by side look; the links are the router's, which this folder does not know. */
export const tabRow = 'mb-4 flex gap-1 overflow-x-auto border-b border-line';
export const tabLink = '-mb-px inline-flex items-center gap-1.5 border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink';
