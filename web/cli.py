"""The command `job131`: one lazy group, so that asking for help loads neither the web nor the database.

In: the words typed. Out: an exit code: 0 done, 1 refused or failed with one clear line, 2 wrong usage, 3 done with
refused rows. Data goes to standard output, words and progress to standard error.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from matcher.domain.errors import Job131Error

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig
    from matcher.wording import Wording

COMMANDS = {
    "backup": ("matcher.cli_upkeep:backup_command", "备份 · everything but the keys in one file"),
    "bench": ("matcher.cli:bench", "在示例数据上计时 · time the engine on sample data"),
    "client": ("web.api.cli:client", "接口程序和令牌 · programs that use the JSON API"),
    "demo": ("web.demo:demo", "示例：从三张表到匹配单 · the whole line on a made-up prefecture"),
    "doctor": ("web.doctor:doctor", "体检：缺什么、怎么办 · what is wrong with the installation, and what to do"),
    "evaluate": ("web.evaluate:evaluate", "在判断过的案例上衡量质量 · quality on judged cases"),
    "fair": ("matcher.fairs.cli:fair", "招聘会：列出、导出、合并 · job fairs: list, export, merge"),
    "feed": ("jobs_feed.feed_cli:feed", "岗位来源和共享：取来、交出去 · postings from and for others"),
    "import": ("jobs_feed.cli:import_command", "导入岗位、台账、培训 · import postings, workers or classes"),
    "imports": ("jobs_feed.imports_cli:imports", "导入记录：查看、撤销 · past imports: list, undo"),
    "init": ("matcher.cli:init", "建立数据文件夹、数据库和密钥 · make data folder, database and key"),
    "keys": ("matcher.cli_upkeep:keys_group", "密钥：更换 · the keys: a fresh one"),
    "ledger": ("jobs_feed.ledger_cli:ledger_group", "台账：列出、导出、用自己的表头 · ledgers, in columns of your own"),
    "lexicon": ("jobs_feed.lexicon_cli:lexicon", "词表：检查、找生词 · the lexicon: check it, find words it lacks"),
    "move": ("matcher.cli_upkeep:move_command", "搬到另一个数据库 · to another database"),
    "person": ("matcher.cli_upkeep:person_group", "一个人的数据：交出、删除 · one person's data: handed out, erased"),
    "plan": ("matcher.cli:plan", "给每个人做方案 · plans for everybody named"),
    "policy": (
        "matcher.catalogue.cli:policy_group",
        "政策目录：查看、检查、添加 · the catalogue: list, check, add",
    ),
    "restore": ("matcher.cli_upkeep:restore_command", "恢复备份 · put a backup back"),
    "retention": (
        "matcher.upkeep.keeping.cli:retention",
        "保存期限：到期的档案去名 · what is past its term goes",
    ),
    "same": ("jobs_feed.same_cli:same", "岗位查重、合并、撤销 · one job advertised twice stands once"),
    "postings": ("jobs_feed.postings_cli:postings", "岗位：重新核查 · postings: check them again"),
    "serve": ("web.serve:serve", "打开网页 · the web app"),
    "simulate": ("web.simulate:simulate", "模拟一年：报表逐数核对 · a made-up year, every figure counted twice"),
    "slice": ("matcher.slices.cli:slice_group", "离线数据：带走、合并 · a village offline, there and back"),
    "sheets": ("web.papers.cli:sheets", "打印匹配单 · papers from the stored plans"),
    "weights": ("matcher.cli_weights:weights", "打分权重：用答复重估 · weights re-fitted from recorded answers"),
    "user": ("matcher.cli_accounts:user", "账号 · accounts"),
}
"""Name → where the command lives, and what it does; the list of commands loads none of them."""
CATALOGUES = ("jobs_feed", "web.translations")


class Desk:
    """What every command is given: the language, where things lie, and the office, opened once."""

    def __init__(self, *, home: str, database_url: str, lang: str) -> None:
        self.lang = lang
        self._home, self._database_url = home, database_url
        self._office: Office | None = None

    def config(self) -> OfficeConfig:
        """Where data and key lie, from the options and the environment."""
        from matcher.office import OfficeConfig

        return OfficeConfig.from_environment(home=self._home, database_url=self._database_url)

    def office(self) -> Office:
        """The office, opened at the first call."""
        from matcher.office import Office

        if self._office is None:
            self._office = Office.open(self.config())
        return self._office

    def wording(self) -> Wording:
        """All sentences of the chosen language."""
        return self.office().wording(self.lang, *CATALOGUES)

    def close(self) -> None:
        """Give the database back."""
        if self._office is not None:
            self._office.close()
            self._office = None


class LazyGroup(click.Group):
    """Commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of their names."""
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands with a line each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", envvar="JOB131_HOME", default="", help="数据文件夹 / data folder (JOB131_HOME)")
@click.option("--db", envvar="JOB131_DATABASE_URL", default="", help="数据库地址 / database URL (JOB131_DATABASE_URL)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 / language")
@click.pass_context
def cli(ctx: click.Context, home: str, db: str, lang: str) -> None:
    """一人一份“131”服务方案：1次职业指导、3个合适岗位、1个合适培训项目。"""
    ctx.obj = Desk(home=home, database_url=db, lang=lang)
    ctx.call_on_close(ctx.obj.close)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; what it refuses is one line on standard error."""
    try:
        result = cli.main(args=arguments, prog_name="job131", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        click.echo("已中断，没有保存 / interrupted, nothing stored", err=True)
        return 1
    except Job131Error as refused:
        click.echo(refused.message, err=True)
        return 1
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
