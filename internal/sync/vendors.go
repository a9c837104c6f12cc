package sync

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// Types are the services, which speak HTTP. Stores are apart (StoreTypes), those that
// need a driver in packages of their own.
func Types() []Type {
	out := []Type{httpType}
	for _, v := range vendors() {
		out = append(out, v.asType())
	}
	return out
}

// vendor is a service: where it is, how it takes its token, and which lists of flags
// it has. What is said of a vendor's API is from its documentation, as of 2026.
type vendor struct {
	name    string
	address string // where the vendor runs it; empty: the source has to say
	format  string // of its answers
	needs   []string
	takes   []string
	// authorize puts the token into a request.
	authorize func(r *http.Request, secret string)
	// lists are the lists to fetch; each is read as a document of the format.
	lists func(s Source) []list
	// join puts the lists together where they are no documents each; nil: they are.
	join func(s Source, lists [][]byte) ([][]byte, error)
	// one is Type.One.
	one func(s Source) bool
}

// list is a list of flags that comes in pages.
type list struct {
	path  string // with keyPlace in it, where the token belongs there
	query url.Values
	// body is sent by POST, where the list is asked for so.
	body any
	// items is the field that holds a page's items; empty: the answer is taken as it
	// is. itself: the answer is the list.
	items string
	// total is the field that tells the number of all items, next the one that tells
	// that there is a further page, perhaps in a field within a field: a.b. Where
	// neither is named, the pages end with an empty one.
	total, next string
	// page puts the number of the page, from 0, and of the items so far into the query;
	// nil: there is one page.
	page        func(q url.Values, page, items int)
	environment string
}

// itself is list.items where an answer is the list.
const itself = "."

func (v vendor) asType() Type {
	needs := v.needs
	if v.address == "" {
		needs = append([]string{"address"}, needs...)
	}
	return Type{Name: v.name, Needs: append([]string{"token"}, needs...), Takes: v.takes, One: v.one, Fetch: v.fetch}
}

func (v vendor) fetch(ctx context.Context, s Source, o Options) ([]*registry.Flag, error) {
	c, err := newClient(s, o, v.authorize)
	if err != nil {
		return nil, err
	}
	lists := v.lists(s)
	answers := make([][]byte, len(lists))
	for i, l := range lists {
		if answers[i], err = c.whole(ctx, cmp.Or(s.Address, v.address), l); err != nil {
			return nil, err
		}
	}
	if v.join != nil {
		if answers, err = v.join(s, answers); err != nil {
			return nil, err
		}
	}
	var docs []document
	for i, data := range answers {
		docs = append(docs, document{name: s.Name, data: data, format: v.format, environment: lists[i].environment, list: lists[i].items != ""})
	}
	return o.read(s, docs)
}

// request makes the first request of a list, without the query.
func (c *client) request(address string, l list) (request, error) {
	base, err := parseAddress(address)
	if err != nil {
		return request{}, err
	}
	path, err := c.place(l.path)
	if err != nil {
		return request{}, err
	}
	q := request{url: base.JoinPath(path), shown: base.Host}
	if path == l.path {
		q.shown += "/" + strings.TrimPrefix(q.url.EscapedPath(), "/")
	}
	if l.body != nil {
		q.body, err = encode(l.body)
	}
	return q, err
}

// whole fetches all pages of a list and joins them into one document.
func (c *client) whole(ctx context.Context, address string, l list) ([]byte, error) {
	q, err := c.request(address, l)
	if err != nil {
		return nil, err
	}
	fixed := q.url.Query()
	maps.Copy(fixed, l.query)
	var first object
	items := []any{}
	var last []byte
	size := 0
	for page := 0; ; page++ {
		if page == maxPages {
			return nil, fmt.Errorf("%s: the list of flags has more than %d pages", q.shown, maxPages)
		}
		query := maps.Clone(fixed)
		if l.page != nil {
			l.page(query, page, len(items))
		}
		q.url.RawQuery = query.Encode()
		data, err := c.get(ctx, q)
		if err != nil || l.items == "" {
			return data, err
		}
		if bytes.Equal(data, last) {
			return nil, fmt.Errorf("%s: two pages of the list are the same (is this the right address?)", q.shown)
		}
		last = data
		if size += len(data); size > MaxAnswer {
			return nil, fmt.Errorf("%s: %w", q.shown, errTooLarge)
		}
		answer, got, err := l.read(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.shown, err)
		}
		if first == nil {
			first = answer
		}
		items = append(items, got...)
		if l.page == nil || len(got) == 0 || !l.more(answer, len(items)) {
			break
		}
	}
	if l.items == itself {
		return encodeLines("", items, "")
	}
	delete(first, l.items)
	for _, field := range []string{l.next, "next", "nextOffset", "hasMore", "pagination"} {
		delete(first, field) // all pages are there
	}
	head, err := encode(first)
	if err != nil {
		return nil, err
	}
	name, err := encode(l.items)
	before := strings.TrimSuffix(string(head), "}") + ", " + string(name) + ": "
	if len(first) == 0 {
		before = "{" + string(name) + ": "
	}
	if err != nil {
		return nil, err
	}
	return encodeLines(before, items, "}")
}

// read takes a page of a list apart.
func (l list) read(data []byte) (answer object, items []any, err error) {
	if l.items == itself {
		return nil, items, decode(data, &items)
	}
	if err := decode(data, &answer); err != nil {
		return nil, nil, err
	}
	items, err = answer.list(l.items)
	return answer, items, err
}

// more reports whether there are further pages after one with which there are items.
func (l list) more(answer object, items int) bool {
	if l.total == "" && l.next == "" {
		return true
	}
	if l.total != "" {
		if n := answer.number(l.total); n >= 0 {
			return items < n
		}
	}
	var next any = map[string]any(answer)
	for field := range strings.SplitSeq(l.next, ".") {
		o, _ := next.(map[string]any)
		next = o[field]
	}
	switch v := next.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	}
	return true
}

// bearer puts a token into the header that most services take it in.
func bearer(r *http.Request, secret string) { r.Header.Set("Authorization", "Bearer "+secret) }

// header returns what puts a token into a header, with a text before it.
func header(name, before string) func(*http.Request, string) {
	return func(r *http.Request, secret string) { r.Header.Set(name, before+secret) }
}

// offsets asks for pages of n items by the number of those that were there.
func offsets(limit, offset string, n int) func(url.Values, int, int) {
	return func(q url.Values, _, items int) {
		q.Set(limit, strconv.Itoa(n))
		q.Set(offset, strconv.Itoa(items))
	}
}

// numbers asks for pages of n items by their number, from first on.
func numbers(size, number string, n, first int) func(url.Values, int, int) {
	return func(q url.Values, page, _ int) {
		q.Set(size, strconv.Itoa(n))
		q.Set(number, strconv.Itoa(page+first))
	}
}
