import type { ReactNode } from 'react';
import css from './ladder.module.css';

/** One place of a path and what follows it. */
export interface PathNode {
  key: string;
  /** On the line that leads here: who takes it, and when. Null at the top. */
  edge: ReactNode | null;
  card: ReactNode;
  children: PathNode[];
  /** Below the branches: what can be added. */
  foot?: ReactNode;
}

/** A path from top to bottom: each branch hangs from what it follows. Read aloud it is a list of lists. */
export function PathTree({ root }: { root: PathNode }) {
  return (
    <div className={css.tree}>
      <Place node={root} />
    </div>
  );
}

function Place({ node }: { node: PathNode }) {
  return (
    <>
      {node.edge !== null && <p className={css.edge}>{node.edge}</p>}
      {node.card}
      {(node.children.length > 0 || node.foot) && (
        <ol className={css.branches}>
          {node.children.map((c) => (
            <li key={c.key} className={css.branch}>
              <Place node={c} />
            </li>
          ))}
          {node.foot && <li className={css.branch}>{node.foot}</li>}
        </ol>
      )}
    </>
  );
}
