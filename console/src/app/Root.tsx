import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { localeTags, useLocale } from '@/lib/locale';
import { NoticeArea } from '@/ui/NoticeArea';
import { TooltipProvider } from '@/ui/Tooltip';

export function Root() {
  const locale = useLocale();
  useEffect(() => {
    document.documentElement.lang = localeTags[locale];
  }, [locale]);
  return (
    <TooltipProvider>
      <Outlet />
      <NoticeArea />
    </TooltipProvider>
  );
}
