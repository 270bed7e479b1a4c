"""`tierce serve`: the chosen roles, against servers that stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from cli.logs import configure_logs
from cli.settings import Misconfigured, settings_from_environment


def serve(roles: str, *, say: Callable[[str], None]) -> None:
    import uvloop

    from cli.front import bind
    from cli.running import run

    settings = settings_from_environment()
    chosen = chosen_roles(roles)
    configure_logs(settings.log_format, settings.log_level)
    listener = bind(settings.host, settings.port, or_any=False)
    host, port = listener.getsockname()[:2]

    def opened() -> None:
        say(f"Tierce {' '.join(chosen)} at http://{host}:{port}")

    uvloop.run(run(settings, roles=chosen, listener=listener, opened=opened))


def chosen_roles(named: str) -> list[str]:
    from cli.running import ROLES

    wanted = [name.strip() for name in named.split(",") if name.strip()]
    if wanted == ["all"]:
        return list(ROLES)
    unknown = [name for name in wanted if name not in ROLES]
    if unknown or not wanted:
        raise Misconfigured([f"--roles knows {', '.join(ROLES)} and all, but not {', '.join(unknown) or 'nothing'}."])
    return wanted
