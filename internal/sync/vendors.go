package sync

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// Types are the kinds of sources that speak HTTP. Those of stores, which need a
// driver, are in packages of their own.
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
}

// list is a list of flags that comes in pages.
type list struct {
	path  string // {key} in it is the token
	query url.Values
	// items is the field that holds a page's items; empty: the answer is not a list,
	// or a list without fields around it.
	items string
	// total is the field that tells the number of all items, next the one that tells
	// that there is a further page, perhaps in a field within a field: a.b.
	total, next string
	// page puts the number of the page, from 0, and of the items so far into the query;
	// nil: there is one page.
	page        func(q url.Values, page, items int)
	environment string
}

func (v vendor) asType() Type {
	needs := v.needs
	if v.address == "" {
		needs = append([]string{"address"}, needs...)
	}
	return Type{Name: v.name, Needs: append([]string{"token"}, needs...), Takes: v.takes, Fetch: v.fetch}
}

func (v vendor) fetch(ctx context.Context, s Source, o Options) ([]*registry.Flag, error) {
	c, err := newClient(s, o, v.authorize)
	if err != nil {
		return nil, err
	}
	var docs []document
	for _, l := range v.lists(s) {
		data, err := c.whole(ctx, cmp.Or(s.Address, v.address), l)
		if err != nil {
			return nil, err
		}
		docs = append(docs, document{name: s.Name, data: data, format: v.format, environment: l.environment, list: l.items != ""})
	}
	return o.read(docs)
}

// whole fetches all pages of a list and joins them into one document.
func (c *client) whole(ctx context.Context, address string, l list) ([]byte, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address is none (want https://HOST)")
	}
	at := base.JoinPath(strings.ReplaceAll(l.path, "{key}", url.PathEscape(c.secret))).String()
	var first object
	var items []any
	for page := 0; ; page++ {
		if page == maxPages {
			return nil, fmt.Errorf("%s: the list of flags has more than %d pages", base.Host, maxPages)
		}
		query := url.Values{}
		for k, vs := range l.query {
			query[k] = vs
		}
		if l.page != nil {
			l.page(query, page, len(items))
		}
		data, err := c.get(ctx, at, query)
		if err != nil || l.items == "" {
			return data, err
		}
		var answer object
		if err := decode(data, &answer); err != nil {
			return nil, fmt.Errorf("%s: %w", base.Host, err)
		}
		got, err := answer.list(l.items)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", base.Host, err)
		}
		if first == nil {
			first = answer
		}
		items = append(items, got...)
		if l.page == nil || len(got) == 0 || !l.more(answer, len(items)) {
			break
		}
	}
	first[l.items] = items
	for _, field := range []string{l.next, "next", "nextOffset", "hasMore", "pagination"} {
		delete(first, field) // all pages are there
	}
	return encode(first)
}

// more reports whether there are further pages after one.
func (l list) more(answer object, items int) bool {
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
