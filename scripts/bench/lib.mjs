// Shared by the benches: process trees, memory, medians, figures.
import { execSync } from 'node:child_process';
import fs from 'node:fs';

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
export const percentile = (values, p) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
};

/** One figure, as one JSON line. `baseline` and the ratio to it come from the same run. */
export function figure({ name, value, unit, target, ok, baseline }) {
  console.log(
    JSON.stringify({ name, value: Math.round(value * 1000) / 1000, unit, target, ok, ...(baseline === undefined ? {} : { baseline }) }),
  );
  if (!ok) process.exitCode = 1;
}

export function processTree(pid) {
  const rows = execSync('ps -eo pid,ppid')
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((l) => l.trim().split(/\s+/).map(Number));
  const out = [pid];
  for (let i = 0; i < out.length; i++) for (const [p, parent] of rows) if (parent === out[i]) out.push(p);
  return out;
}

/** Proportional set size of a process and all its children, MB. Linux only; 0 elsewhere. */
export function pssMb(pid) {
  let kb = 0;
  for (const p of processTree(pid)) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${p}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // gone, or not Linux
    }
  }
  return kb / 1024;
}
