import { SkeletonLines } from '@renderer/ui/States';
import css from './frame.module.css';

/** In the place of a screen whose code is still coming; the same distances as Screen. */
export function ScreenWait() {
  return (
    <div className={css.wait}>
      <SkeletonLines lines={5} />
    </div>
  );
}
