import { expect, test } from 'vitest';
import { layOut, ROW_PX } from './lanes';

const bar = (left: number, right: number) => ({ left, width: right - left });

test('a row is 65 pixels high, and a bar alone takes it all', () => {
  const { laid, height } = layOut([bar(0, 60)]);
  expect(height).toBe(ROW_PX);
  expect(laid).toEqual([{ top: 4, height: 57 }]);
  expect(layOut([]).height).toBe(65);
});

test('two bars that overlap share the row one under the other', () => {
  const { laid, height } = layOut([bar(0, 60), bar(30, 90)]);
  expect(height).toBe(ROW_PX);
  expect(laid).toEqual([
    { top: 4, height: 27 },
    { top: 34, height: 27 },
  ]);
});

test('bars that only touch do not overlap', () => {
  const { laid } = layOut([bar(0, 60), bar(60, 90)]);
  expect(laid.every(({ height }) => height === 57)).toBe(true);
});

test('three at once make the row grow, and a later one takes the first lane that is free', () => {
  const { laid, height } = layOut([bar(0, 100), bar(10, 40), bar(20, 100), bar(50, 70)]);
  expect(height).toBe(95);
  expect(laid.map(({ top }) => top)).toEqual([4, 34, 64, 34]);
});

test('no two bars lie over each other, and every bar lies within its row', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 200; round += 1) {
    const bars = Array.from({ length: Math.floor(random() * 30) }, () => ({
      left: Math.floor(random() * 1000),
      width: 24 + Math.floor(random() * 300),
    }));
    const { laid, height } = layOut(bars);
    const boxes = bars.map((extent, index) => ({ ...extent, ...laid[index] }) as Box);
    for (const [index, one] of boxes.entries()) {
      expect(one.top + one.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(index + 1)) expect(overlaps(one, other)).toBe(false);
    }
  }
});

type Box = { left: number; width: number; top: number; height: number };

function overlaps(one: Box, other: Box) {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}
