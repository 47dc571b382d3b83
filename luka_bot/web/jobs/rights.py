"""What each route of the pages of jobs does: whatever isn't here can't be reached."""

from luka_bot.models.rights import Action
from luka_bot.web.admin.rights import Need, Opening, Route

NEEDS: dict[Route, Need] = {
    ("GET", "/"): Opening.ANYBODY,
    ("GET", "/jobs/static/{name}"): Opening.ANYBODY,
    ("GET", "/jobs/login"): Opening.ANYBODY,
    ("POST", "/jobs/login"): Opening.ANYBODY,
    ("GET", "/jobs/enter/{link}"): Opening.ANYBODY,
    ("POST", "/jobs/enter/{link}"): Opening.ANYBODY,
    ("POST", "/jobs/logout"): Opening.SIGNED_IN,
    ("GET", "/jobs/overview"): Action.SEE_JOBS,
    ("GET", "/jobs/news"): Action.SEE_JOBS,
    ("GET", "/jobs"): Action.SEE_JOBS,
    ("GET", "/jobs/all"): Action.SEE_ALL_JOBS,
    ("GET", "/jobs/new"): Action.SUBMIT_JOBS,
    ("POST", "/jobs/new"): Action.SUBMIT_JOBS,
    ("GET", "/jobs/pending"): Action.DECIDE_JOBS,
    ("GET", "/jobs/config"): Action.SEE_CONFIG,
    ("GET", "/jobs/files"): Action.FILES,
    ("POST", "/jobs/files/delete"): Action.FILES,
    ("GET", "/jobs/files/{path:.+}"): Action.FILES,
    ("GET", "/jobs/{job}"): Action.SEE_JOBS,
    ("GET", "/jobs/{job}/output"): Action.SEE_JOBS,
    ("GET", "/jobs/{job}/edit"): Action.CHANGE_JOBS,
    ("POST", "/jobs/{job}/edit"): Action.CHANGE_JOBS,
    ("POST", "/jobs/{job}/cancel"): Action.CHANGE_JOBS,
    ("POST", "/jobs/{job}/delete"): Action.CHANGE_JOBS,
    ("POST", "/jobs/{job}/approve"): Action.DECIDE_JOBS,
    ("POST", "/jobs/{job}/reject"): Action.DECIDE_JOBS,
    ("*", "/jobs/{tail:.*}"): Action.SEE_JOBS,
}
