"""How processes log: one event per line, for people or as JSON; what libraries log and what nobody caught, too."""

import logging
import sys
import threading
from types import TracebackType

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from infoscreen.config import Config

log = structlog.get_logger()


def set_up_logs(config: Config, process: str) -> None:
    """Send structured logs, and those of libraries, to standard error with the process's name."""
    level = logging.getLevelNamesMapping()[config.log_level]
    as_json = config.log_format == "json"
    render = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)

    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {**event, "process": process}

    told: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        name_process,  # no context variable: threads do not inherit those
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*told, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    _follow_libraries(max(level, logging.WARNING), [structlog.stdlib.add_logger_name, *told], render)
    sys.excepthook = _tell_uncaught
    threading.excepthook = _tell_uncaught_in_thread


def _follow_libraries(level: int, told: list[Processor], render: Processor) -> None:
    handler = logging.StreamHandler(sys.stderr)
    without_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=told, processors=[without_meta, render]))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _tell_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("uncaught_error", exc_info=(kind, error, trace))


def _tell_uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and failed.exc_type is not SystemExit:
        thread = failed.thread.name if failed.thread else None
        log.critical(
            "uncaught_error", thread=thread, exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback)
        )
