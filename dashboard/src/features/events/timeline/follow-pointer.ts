/** Follows one pointer from where it comes down until it is lifted. Escape lets go without a change. */

type Down = Pick<PointerEvent, 'pointerType' | 'clientX' | 'clientY'>;

type Gesture = {
  /** Until a finger has pressed for a moment it scrolls, as everywhere. */
  pressFirst: boolean;
  onPress?: () => void;
  onMove: (event: PointerEvent) => void;
  onDrop: () => void;
  /** Always at last, before a drop; whether the pointer had moved. */
  onEnd: (hasMoved: boolean) => void;
};

const LONG_PRESS_MS = 400;
/** A hand that does not mean to drag moves less. */
const SLACK_PX = { mouse: 4, touch: 10 };

export function followPointer(down: Down, gesture: Gesture) {
  const over = new AbortController();
  const on = listener(over.signal);
  const isTouch = down.pointerType === 'touch';
  const slack = isTouch ? SLACK_PX.touch : SLACK_PX.mouse;
  const waits = isTouch && gesture.pressFirst;
  let isHeld = !waits;
  let hasMoved = false;

  const press = setTimeout(() => {
    if (!waits) return;
    isHeld = true;
    gesture.onPress?.();
  }, LONG_PRESS_MS);
  const end = () => {
    clearTimeout(press);
    over.abort();
    gesture.onEnd(hasMoved);
  };

  on('pointermove', (event) => {
    const isFar = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > slack;
    if (!isHeld && isFar) return end();
    hasMoved ||= isHeld && isFar;
    if (hasMoved) gesture.onMove(event);
  });
  on('pointerup', () => {
    end();
    if (hasMoved) gesture.onDrop();
  });
  on('pointercancel', end);
  on('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end();
  });
  // Once the finger holds something, the page must not scroll away under it, nor a menu open.
  on('touchmove', (event) => {
    if (isHeld && event.cancelable) event.preventDefault();
  });
  on('contextmenu', (event) => {
    if (isTouch) event.preventDefault();
  });
}

function listener(signal: AbortSignal) {
  return <K extends keyof WindowEventMap>(type: K, listen: (event: WindowEventMap[K]) => void) =>
    window.addEventListener(type, listen, { signal, capture: true, passive: false });
}
