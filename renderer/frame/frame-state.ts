import type { Place } from '@renderer/nav';
import { create } from 'zustand';

interface FrameState {
  /** The PIN pad is up; where to go after an owner's PIN. */
  pin: { then?: Place } | null;
  palette: boolean;
  /** The three practice tasks of a new clerk are on the screen. */
  practice: boolean;
}

export const useFrame = create<FrameState>(() => ({ pin: null, palette: false, practice: false }));

export const askPin = (then?: Place): void => useFrame.setState({ pin: then ? { then } : {} });
export const closePin = (): void => useFrame.setState({ pin: null });
export const setPractice = (practice: boolean): void => useFrame.setState({ practice });
export const setPalette = (palette: boolean): void => useFrame.setState({ palette });
