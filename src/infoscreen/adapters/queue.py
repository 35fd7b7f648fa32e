"""The job queue: Huey on a SQLite file of the data directory, or on Redis.

It only carries ids from who wants a conversion to a worker; the table of conversions says what is to be done.
"""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import structlog
from huey import RedisHuey, SqliteHuey
from huey.api import Huey
from huey.serializer import SignedSerializer
from redis import ConnectionPool, RedisError

log = structlog.get_logger()

NAME = "infoscreen"
# A waiting worker looks again after this time at most, in seconds (SQLite; Redis wakes it).
LOOK_EVERY = 0.5
WORKERS = 1
# Seconds; longer than a worker waits for a job.
CONNECT_WITHIN = 3.0
ANSWER_WITHIN = 10.0


def open_queue(data_dir: Path, redis_url: str | None, secret_key: str) -> "HueyQueue":
    """The queue of an installation; its entries are signed, because Huey unpickles them."""
    serializer = SignedSerializer(secret_key, salt="infoscreen-queue")
    if redis_url:
        # A Redis whose machine is gone must hold up neither a request nor the look at the system's health.
        waits = {"socket_connect_timeout": CONNECT_WITHIN, "socket_timeout": ANSWER_WITHIN}
        pool = ConnectionPool.from_url(redis_url, **waits)
        return HueyQueue(lambda: RedisHuey(NAME, connection_pool=pool, results=False, serializer=serializer))

    def open_file() -> Huey:
        data_dir.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(data_dir / "queue.db"), results=False, serializer=serializer)

    return HueyQueue(open_file)


class HueyQueue:
    """Hands over ids of conversions, and in the worker process runs what is to be done with them.

    Opened when it is used first: an operator's task, typed by root, makes no file that the processes cannot write.
    """

    def __init__(self, open_huey: Callable[[], Huey]) -> None:
        self._open_huey = open_huey
        self._lock = threading.Lock()
        self._opened: tuple[Huey, Callable[[int], object]] | None = None
        self._convert: Callable[[int], None] | None = None

    def _open(self) -> tuple[Huey, Callable[[int], object]]:
        """The queue, and what puts an id into it."""
        with self._lock:
            if self._opened is None:
                huey = self._open_huey()
                self._opened = huey, huey.task(name="convert")(self._run)
            return self._opened

    def enqueue_conversion(self, conversion_id: int) -> None:
        """Ask for a conversion; doing so twice is harmless."""
        self._open()[1](conversion_id)

    def is_empty(self) -> bool:
        """Whether nothing waits for a worker."""
        return int(self._open()[0].storage.queue_size()) == 0

    def answers(self) -> bool:
        """Whether the queue can be used now."""
        try:
            self._open()[0].storage.queue_size()
        except (RedisError, sqlite3.Error, OSError) as error:
            log.error("queue_unavailable", error=str(error))
            return False
        return True

    def close(self) -> None:
        """Close this thread's connection to a file; those to Redis notice a fork by themselves."""
        with self._lock:
            if self._opened:
                self._opened[0].storage.close()

    def work(self, convert: Callable[[int], None]) -> "QueueWorker":
        """Begin to work through the queue in threads of this process."""
        self._convert = convert
        return QueueWorker(self._open()[0])

    def _run(self, conversion_id: int) -> None:
        if self._convert is None:
            raise RuntimeError("this process does not convert")
        try:
            self._convert(conversion_id)
        except Exception:
            log.exception("conversion_broke", conversion_id=conversion_id)


class QueueWorker:
    """The threads that work through a queue."""

    def __init__(self, huey: Huey) -> None:
        self._consumer = huey.create_consumer(workers=WORKERS, periodic=False, max_delay=LOOK_EVERY)
        # Started by hand: `Consumer.run` would take over the signals of the process.
        for _, thread in self._consumer.worker_threads:
            thread.start()

    def take_no_more(self) -> None:
        """Finish what runs and begin nothing new."""
        self._consumer.stop_flag.set()

    def has_ended(self, within: float) -> bool:
        """Wait this many seconds at most for what runs."""
        for _, thread in self._consumer.worker_threads:
            thread.join(within)
        return not any(thread.is_alive() for _, thread in self._consumer.worker_threads)
