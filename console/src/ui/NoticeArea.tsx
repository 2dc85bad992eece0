import { useStore } from '@/lib/store';
import { noticeStore } from './notice';

export function NoticeArea() {
  const notice = useStore(noticeStore);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-6 z-50 flex justify-center px-4">
      {notice && <div className="pop px-4 py-2 font-medium">{notice.text}</div>}
    </div>
  );
}
