/** PURE: how the bars of one row lie under each other where they overlap, and how high the row is. */

/** A bar's place along the row, in pixels. */
export type Extent = { left: number; width: number };
export type Laid = { top: number; height: number };

export const ROW_PX = 65;
const PADDING = 4;
const GAP = 3;
const LANE_PX = (ROW_PX - 2 * PADDING - GAP) / 2;
const WHOLE_PX = ROW_PX - 2 * PADDING;

export type Layout = { laid: readonly Laid[]; height: number };

/** One bar alone takes the whole height of a row; two share it; more make the row grow. */
export function layOut(bars: readonly Extent[]): Layout {
  const order = bars
    .map((bar, index) => ({ ...bar, index }))
    .sort((a, b) => a.left - b.left || b.width - a.width || a.index - b.index);
  const laid: Laid[] = new Array(bars.length);
  let most = 1;
  for (const cluster of clusters(order)) {
    const lanes = lanesOf(cluster);
    const count = Math.max(...lanes) + 1;
    most = Math.max(most, count);
    cluster.forEach(({ index }, place) => {
      laid[index] =
        count === 1
          ? { top: PADDING, height: WHOLE_PX }
          : { top: PADDING + (lanes[place] ?? 0) * (LANE_PX + GAP), height: LANE_PX };
    });
  }
  return { laid, height: heightOf(most) };
}

function heightOf(lanes: number): number {
  return Math.max(ROW_PX, 2 * PADDING + lanes * LANE_PX + (lanes - 1) * GAP);
}

type Placed = Extent & { index: number };

/** Bars that hang together by overlapping, one after the other. */
function clusters(ordered: readonly Placed[]): Placed[][] {
  const found: Placed[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const bar of ordered) {
    if (bar.left >= reach) found.push([]);
    found.at(-1)?.push(bar);
    reach = Math.max(reach, bar.left + bar.width);
  }
  return found;
}

/** For each bar the first lane that is free where it begins. */
function lanesOf(cluster: readonly Placed[]): number[] {
  const ends: number[] = [];
  return cluster.map(({ left, width }) => {
    const free = ends.findIndex((end) => end <= left);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = left + width;
    return lane;
  });
}
