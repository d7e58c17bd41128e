"""X's archive: scripts under `data/`, of today or of 2019 to 2022."""

from datetime import datetime
from typing import Any

from scoring.samples.draft import Draft
from scoring.samples.linkedin.export import MONTHS, WEEKDAYS
from scoring.samples.packing import script, tree, zipped
from scoring.samples.recipe import Recipe, Sample
from scoring.samples.talk import count_talk, talk

OWNER_ID = "1234567890"
FIRST_ID = 1_700_000_000_000_000_000
LIKES, FOLLOWS = 6, 1  # a week
THUMBNAIL = b"\xff\xd8\xff\xe0 no picture \xff\xd9"


def archive(recipe: Recipe, *, older: bool = False) -> Sample:
    """Tweets in two parts; the `older` form has one `tweet.js`, whose rows are not wrapped."""
    draft = Draft(recipe, "x")
    tweets = _tweets(draft)
    rows: list[Any] = tweets if older else [{"tweet": tweet} for tweet in tweets]
    half = len(rows) // 2
    files = (
        {"tweet": ("tweet", 0, rows)}
        if older
        else {"tweets": ("tweets", 0, rows[:half]), "tweets-part1": ("tweets", 1, rows[half:])}
    )
    files |= {
        "account": ("account", 0, _account(draft)),
        "profile": ("profile", 0, _profile(draft)),
        "like": ("like", 0, _likes(draft)),
        "following": ("following", 0, _follows(draft, "following")),
        "follower": ("follower", 0, _follows(draft, "follower")),
        "direct-messages": ("direct_messages", 0, _conversations(draft)),
        "note-tweet": ("note_tweet", 0, _notes(draft)),
        "ad-impressions": ("ad_impressions", 0, [{"ad": {"text": draft.words("ad-impressions.js text")}}]),
    }
    members = {
        f"data/{name}.js": script(f"YTD.{kind}.part{part}", rows)
        for name, (kind, part, rows) in files.items()
    }
    members["data/manifest.js"] = _manifest(files)
    members["Your archive.html"] = f"<title>{draft.words('Your archive.html')}</title>".encode()
    members["data/tweets_media/1.jpg"] = THUMBNAIL
    name = f"twitter-{recipe.last.isoformat()}-{draft.chance.getrandbits(128):032x}.zip"
    return draft.sample(name, zipped(members, stored=frozenset({"data/tweets_media/1.jpg"})), "x")


def _manifest(files: dict[str, tuple[str, int, list[Any]]]) -> bytes:
    types: dict[str, Any] = {}
    for name, (kind, part, rows) in files.items():
        entry = types.setdefault(_camel(kind), {"files": []})
        entry["files"].append(
            {"fileName": f"data/{name}.js", "globalName": f"YTD.{kind}.part{part}", "count": str(len(rows))}
        )
    facts = {"userInfo": {"accountId": OWNER_ID}, "archiveInfo": {"isPartialArchive": False}}
    return b"window.__THAR_CONFIG = " + tree({**facts, "dataTypes": types})


def _camel(kind: str) -> str:
    first, *rest = kind.split("_")
    return first + "".join(part.title() for part in rest)


def _tweets(draft: Draft) -> list[dict[str, Any]]:
    tweets: list[dict[str, Any]] = []
    for moment in draft.moments("tweets", 12):
        tweet = _tweet(draft, moment)
        luck = draft.chance.random()
        if luck < 0.2:
            draft.act("content_reshared", moment)
            tweet["full_text"] = f"RT @{draft.handle('tweets.js user')}: {tweet['full_text']}"
        elif luck < 0.5:
            draft.act("comment_posted", moment)
            tweet |= _answer(draft, str(draft.chance.getrandbits(31)))
        elif luck < 0.6:
            tweet |= _answer(draft, OWNER_ID)
        elif luck < 0.7:
            draft.act("story_or_video_posted", moment)
            tweet["extended_entities"] = {"media": [{"type": "video", "url": draft.link("tweets.js media")}]}
        else:
            draft.act("content_shared", moment)
        tweets.append(tweet)
    return tweets[::-1]


def _tweet(draft: Draft, moment: datetime) -> dict[str, Any]:
    number = str(FIRST_ID + draft.number())
    link = {"url": draft.link("tweets.js url"), "expanded_url": draft.link("tweets.js expanded_url")}
    mention = {"name": draft.person("tweets.js").name, "screen_name": draft.handle("tweets.js mention")}
    return {
        "id": number,
        "id_str": number,
        "created_at": _spelled(moment),
        "full_text": draft.words("tweets.js full_text"),
        "entities": {"urls": [link], "user_mentions": [mention], "hashtags": []},
        "favorite_count": "3",
        "retweet_count": "0",
        "retweeted": False,
        "favorited": False,
    }


def _spelled(moment: datetime) -> str:
    weekday, month = WEEKDAYS[moment.weekday()], MONTHS[moment.month - 1]
    return f"{weekday} {month} {moment:%d %H:%M:%S} +0000 {moment.year}"


def _answer(draft: Draft, to: str) -> dict[str, str]:
    return {
        "in_reply_to_status_id_str": str(FIRST_ID - draft.chance.getrandbits(40)),
        "in_reply_to_user_id_str": to,
        "in_reply_to_screen_name": draft.handle("tweets.js in_reply_to_screen_name"),
    }


def _likes(draft: Draft) -> list[dict[str, Any]]:
    likes = []
    for _moment in draft.moments("likes", LIKES):
        draft.act("post_recommended", None)
        number = str(FIRST_ID - draft.number())
        text, link = draft.words("like.js fullText"), f"https://twitter.com/i/web/status/{number}"
        likes.append({"like": {"tweetId": number, "fullText": text, "expandedUrl": link}})
    return likes


def _follows(draft: Draft, name: str) -> list[dict[str, Any]]:
    follows = []
    for _moment in draft.moments(name, FOLLOWS):
        if name == "following":
            draft.act("person_followed", None)
        number = str(500_000 + draft.number())
        link = f"https://twitter.com/intent/user?user_id={number}"
        follows.append({name: {"accountId": number, "userLink": link}})
    return follows


def _conversations(draft: Draft) -> list[dict[str, Any]]:
    conversations = []
    for moment in draft.moments("conversations", 2):
        turns, partner = talk(draft, moment), str(900_000 + draft.number())
        count_talk(draft, turns)
        messages = []
        for turn in turns:
            sender, recipient = (OWNER_ID, partner) if turn.own else (partner, OWNER_ID)
            message = {
                "id": str(FIRST_ID + draft.number()),
                "senderId": sender,
                "recipientId": recipient,
                "text": draft.words("direct-messages.js text"),
                "mediaUrls": [draft.link("direct-messages.js mediaUrls")],
                "createdAt": f"{turn.moment:%Y-%m-%dT%H:%M:%S}.{draft.chance.randrange(1000):03}Z",
            }
            messages.append({"messageCreate": message})
        found = {"conversationId": f"{OWNER_ID}-{partner}", "messages": messages[::-1]}
        conversations.append({"dmConversation": found})
    return conversations


def _notes(draft: Draft) -> list[dict[str, Any]]:
    """Long posts, all of which stand among the tweets too."""
    moment = draft.moment()
    core = {"text": draft.words("note-tweet.js text")}
    created = f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
    return [{"noteTweet": {"noteTweetId": str(FIRST_ID), "createdAt": created, "core": core}}]


def _account(draft: Draft) -> list[dict[str, Any]]:
    owner = draft.owner
    account = {
        "accountId": OWNER_ID,
        "username": owner.handle,
        "accountDisplayName": owner.name,
        "email": f"{draft.handle('account.js email')}@mail.example",
        "createdAt": "2011-05-04T10:00:00.000Z",
        "createdVia": draft.words("account.js createdVia"),
    }
    return [{"account": account}]


def _profile(draft: Draft) -> list[dict[str, Any]]:
    draft.items |= {"profile_about", "profile_photo"}
    about = {name: draft.words(f"profile.js {name}") for name in ("bio", "location")}
    about["website"] = draft.link("profile.js website")
    picture = f"https://pbs.twimg.com/profile_images/{draft.handle('profile.js avatarMediaUrl')}.jpg"
    return [{"profile": {"description": about, "avatarMediaUrl": picture}}]
