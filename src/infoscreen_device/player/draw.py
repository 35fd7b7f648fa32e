"""A scene as a picture. Deterministic: the same scene and size give the same pixels."""

from PIL import Image

from infoscreen_device.config import Size
from infoscreen_device.player.canvas import WHITE, rounded
from infoscreen_device.player.draw_cards import draw_fallback, draw_video, draw_website
from infoscreen_device.player.draw_message import draw_message
from infoscreen_device.player.scene import (
    BlackScene,
    FallbackScene,
    MessageScene,
    Scene,
    SlideScene,
    VideoScene,
    WebsiteScene,
)
from infoscreen_device.player.slides import page_picture

BLACK = (0, 0, 0)
BAR_COLOUR = (76, 110, 245)


def draw(scene: Scene, size: Size) -> Image.Image:
    """The picture of a scene. BrokenSlidesError when a page of its file cannot be drawn."""
    match scene:
        case BlackScene():
            return Image.new("RGB", size, BLACK)
        case SlideScene():
            return draw_slide(scene, size)
        case MessageScene():
            return draw_message(scene, size)
        case WebsiteScene():
            return draw_website(scene, size)
        case VideoScene():
            return draw_video(scene, size)
        case FallbackScene():
            return draw_fallback(scene, size)


def draw_slide(scene: SlideScene, size: Size) -> Image.Image:
    """The page centred on black, with a bar along the bottom that says how far through the pages it is."""
    picture = Image.new("RGB", size, BLACK)
    page = page_picture(scene.file, scene.page_index, size)
    picture.paste(page, ((size[0] - page.width) // 2, (size[1] - page.height) // 2))
    if scene.progress_bar:
        height = size[1] / 90
        rounded(picture, (0, size[1] - height, size[0], size[1]), 0, WHITE, 0.55)
        rounded(picture, (0, size[1] - height, size[0] * scene.number / scene.pages, size[1]), 0, BAR_COLOUR)
    return picture
