"""The page Monitoring with 1,000 screens in a real browser: how smoothly it scrolls from its top to its end.

python bench/monitoring_page.py
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from browsers import ARGUMENTS, log_in, visiting
from fleets import add_screens, uuid_of
from infoscreen.bootstrap import App, build_app
from infoscreen.config import load_config
from infoscreen.processes.clock import utc_now
from infoscreen.services.report_pictures import develop
from infoscreen.services.screenshots import Picture, record_pictures
from systems import PASSWORD, USERNAME, System, running

SCREENS = 1_000
TOGETHER = 50
FRAMES = 300
PATIENCE = 60_000
# A step for every frame, so that each has other rows in sight; milliseconds.
SCROLL = """async frames => {
  const tasks = [];
  new PerformanceObserver(list => tasks.push(...list.getEntries().map(each => each.duration)))
    .observe({ entryTypes: ['longtask'] });
  const took = [];
  let last = performance.now();
  for (let number = 1; number <= frames; number += 1) {
    scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * number / frames);
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - last);
    last = performance.now();
  }
  await new Promise(done => setTimeout(done, 200));
  return { took, tasks, rows: document.querySelectorAll('tbody tr').length };
}"""


def scroll(page: Page, path: str) -> dict[str, Any]:
    page.goto(path)
    page.get_by_role("table", name="Infoscreens").wait_for()
    page.evaluate(SCROLL, FRAMES)  # what is done for the first time only does not count
    page.evaluate("scrollTo(0, 0)")
    scrolled: dict[str, Any] = page.evaluate(SCROLL, FRAMES)
    return scrolled


def tell(name: str, scrolled: dict[str, Any]) -> None:
    took = sorted(scrolled["took"])
    print(
        f"{name}: {scrolled['rows']} rows drawn at the end; a frame {median(took):.0f} ms, "
        f"95 of 100 within {took[len(took) * 95 // 100]:.0f} ms, the longest {took[-1]:.0f} ms; "
        f"tasks of more than 50 ms: {len(scrolled['tasks'])}"
    )


def add_pictures(app: App) -> None:
    """A picture of each screen, as large as a TV."""
    content = BytesIO()
    Image.effect_mandelbrot((1920, 1080), (-2, -1.2, 1, 1.2), 60).save(content, "PNG")
    developed = develop(content.getvalue())
    for first in range(0, SCREENS, TOGETHER):
        with app.work() as work:
            numbers = range(first, first + TOGETHER)
            record_pictures(work, [Picture(uuid_of(number), "periodic", developed, work.now) for number in numbers])


def measure(system: System) -> None:
    app = build_app(load_config(data_dir=system.data_dir), utc_now)
    add_screens(app, SCREENS)
    add_pictures(app)
    app.engine.dispose()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        with visiting(chromium, system.base_url) as page:
            page.set_default_timeout(PATIENCE)
            log_in(page, USERNAME, PASSWORD)
            tell("ten screens", scroll(page, "/monitoring?q=00000000001"))
            tell(f"{SCREENS:,} screens", scroll(page, "/monitoring"))
        chromium.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as name, running(Path(name)) as system:
        measure(system)


if __name__ == "__main__":
    main()
