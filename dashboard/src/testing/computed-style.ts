/**
 * A quick `getComputedStyle` for the tests: jsdom's works out its whole default style sheet for each look, fifteen times.
 * Tests load no style sheets, so an element looks as its own style says, or as jsdom's default shows elements of its name.
 */
const whole = window.getComputedStyle;
const usual = new Map<string, string>();

function usualDisplay(element: Element) {
  const known = usual.get(element.localName);
  if (known !== undefined) return known;
  const { display } = whole(document.createElement(element.localName));
  usual.set(element.localName, display);
  return display;
}

function display(element: Element, style: CSSStyleDeclaration) {
  return style.display || (element.hasAttribute('hidden') ? 'none' : usualDisplay(element));
}

/** The nearest one that is said, as an element inherits it. */
function visibility(element: Element | null): string {
  if (element === null) return 'visible';
  return styleOf(element).visibility || visibility(element.parentElement);
}

function styleOf(element: Element) {
  return (element as HTMLElement | SVGElement).style;
}

export function quickComputedStyle(element: Element): CSSStyleDeclaration {
  const style = styleOf(element);
  const worked: Record<string, () => string> = {
    display: () => display(element, style),
    visibility: () => visibility(element),
  };
  const getPropertyValue = (name: string) => worked[name]?.() ?? style.getPropertyValue(name);
  return new Proxy(style, {
    get: (_, name) => {
      if (name === 'getPropertyValue') return getPropertyValue;
      return worked[String(name)]?.() ?? Reflect.get(style, name, style);
    },
  });
}
