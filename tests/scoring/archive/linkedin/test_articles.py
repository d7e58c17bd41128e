"""Articles: pages that do not say when they were published."""

from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, rows, skipped

FOLDER = "Articles/Articles"


def page(slug="how-plants-run", title="How plants run", body=""):
    return (
        f'<html><head><title>{title}</title></head><body><h1><a href="https://www.linkedin.com/pulse/{slug}">'
        f"{title}</a></h1>{body}</body></html>"
    )


def test_every_article_is_an_act_without_a_day(tmp_path):
    found = read(tmp_path, {f"{FOLDER}/a.html": page(), f"{FOLDER}/b.html": page("another")})

    assert kinds(found) == ["article_published"] * 2
    assert days(found) == [None, None]
    assert rows(found) == {"Articles": 2}
    assert len(marks(found)) == 2


def test_an_article_with_another_title_and_text_is_the_same(tmp_path):
    before = read(tmp_path, {f"{FOLDER}/a.html": page()})
    after = read(tmp_path, {f"{FOLDER}/z.html": page(title="How all plants run", body="<p>More</p>")})

    assert marks(before) == marks(after)


def test_an_article_without_an_address_goes_by_its_title(tmp_path):
    text = "<html><title>Notes &amp; numbers</title><h1>Notes &amp; <b>numbers</b></h1></html>"

    found = read(tmp_path, {f"{FOLDER}/a.html": page(), f"{FOLDER}/b.html": text})

    assert len(marks(found)) == 2
    assert acts(found)[1].link == ""


def test_a_page_without_either_is_skipped(tmp_path):
    found = read(tmp_path, {f"{FOLDER}/a.html": page(), f"{FOLDER}/b.html": "<p>Nothing</p>"})

    assert skipped(found) == [(2, "", "no_identity", "")]
    assert rows(found) == {"Articles": 2}
