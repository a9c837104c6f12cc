package sync_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

const secret = "s3cr3t-t0ken"

const samples = "../../registry/source/testdata"

// service is a fake of a vendor, which answers as its documentation says: with one
// item a page, whatever is asked for.
type service struct {
	source sync.Source
	// files are the samples by the path that they are served at.
	files map[string]string
	// list is the field of the items, where there are pages; pages sets what tells
	// the client of further ones.
	list  string
	pages func(answer map[string]any, r *http.Request, items []any)
	auth  func(r *http.Request) string // what came of the token
	want  string                       // of auth
	// environment is what the answer holds, where it does not say so itself.
	environment string
}

func services() map[string]service {
	at := func(header string) func(*http.Request) string {
		return func(r *http.Request) string { return r.Header.Get(header) }
	}
	number := func(r *http.Request, name string) int {
		n, _ := strconv.Atoi(r.URL.Query().Get(name))
		return n
	}
	page := func(answer map[string]any, list string, items []any, from int) {
		answer[list] = items[min(from, len(items)):min(from+1, len(items))]
	}
	offset := func(list, total string) func(map[string]any, *http.Request, []any) {
		return func(answer map[string]any, r *http.Request, items []any) {
			page(answer, list, items, number(r, "offset"))
			answer[total] = len(items)
		}
	}
	src := func(typ string, more sync.Source) sync.Source {
		more.Name, more.Type, more.Token, more.Project = "shop", typ, "TOKEN", "shop"
		return more
	}
	production := sync.Source{Environments: []string{"production"}}
	statsig := src("statsig", sync.Source{})
	configcat := src("configcat", production)
	unleash := src("unleash", production)
	statsig.Project, configcat.Project, unleash.Project = "", "", ""
	return map[string]service{
		"launchdarkly": {
			source: src("launchdarkly", production), auth: at("Authorization"), want: secret, list: "items",
			pages: func(answer map[string]any, r *http.Request, items []any) {
				archived := r.URL.Query().Get("filter") == "state:archived"
				items = slices.DeleteFunc(items, func(item any) bool {
					is, _ := item.(map[string]any)["archived"].(bool)
					return is != archived
				})
				offset("items", "totalCount")(answer, r, items)
			},
			files: map[string]string{"/api/v2/flags/shop": "launchdarkly/flags.json", "/api/v2/flag-statuses/shop/production": "launchdarkly/statuses.json"},
		},
		"unleash": {
			source: src("unleash", sync.Source{}), auth: at("Authorization"), want: secret,
			files: map[string]string{"/api/admin/projects/shop/features": "unleash/admin.json"},
		},
		"unleash of a client": {
			source: unleash, auth: at("Authorization"), want: secret, environment: "production",
			files: map[string]string{"/api/client/features": "unleash/client.json"},
		},
		"unleash by environment": {
			source: src("unleash", production), auth: at("Authorization"), want: secret,
			files: map[string]string{"/api/admin/features-batch/export": "unleash/export.json"},
		},
		"cloudbees": {
			source: src("cloudbees", sync.Source{}), auth: at("Authorization"), want: "Bearer " + secret,
			files: map[string]string{"/v2/applications/shop/flags": "cloudbees/flags.json"},
		},
		"harness": {
			source: src("harness", sync.Source{Account: "a", Organization: "o", Environments: []string{"prod"}}), auth: at("x-api-key"), want: secret,
			list: "features", files: map[string]string{"/cf/admin/features": "harness/features.json"},
			pages: func(answer map[string]any, r *http.Request, items []any) {
				page(answer, "features", items, number(r, "pageNumber"))
				answer["itemCount"] = len(items)
			},
		},
		"flagsmith": {
			source: src("flagsmith", sync.Source{}), auth: at("Authorization"), want: "Token " + secret, list: "results",
			files: map[string]string{"/api/v1/projects/shop/features/": "flagsmith/features.json"},
			pages: func(answer map[string]any, r *http.Request, items []any) {
				n := number(r, "page")
				page(answer, "results", items, n-1)
				answer["next"] = nil
				if n < len(items) {
					answer["next"] = "http://" + r.Host + "/next"
				}
			},
		},
		"growthbook": {
			source: src("growthbook", sync.Source{}), auth: at("Authorization"), want: "Bearer " + secret, list: "features",
			files: map[string]string{"/api/v1/features": "growthbook/features.json"}, pages: offset("features", "total"),
		},
		"statsig": {
			source: statsig, auth: at("STATSIG-API-KEY"), want: secret, list: "data",
			files: map[string]string{"/console/v1/gates": "statsig/gates.json"},
			pages: func(answer map[string]any, r *http.Request, items []any) {
				n := number(r, "page")
				page(answer, "data", items, n-1)
				next := any(nil)
				if n < len(items) {
					next = "/console/v1/gates?page=" + strconv.Itoa(n+1)
				}
				answer["pagination"] = map[string]any{"pageNumber": n, "nextPage": next}
			},
		},
		"posthog": {
			source: src("posthog", sync.Source{}), auth: at("Authorization"), want: "Bearer " + secret, list: "results",
			files: map[string]string{"/api/projects/shop/feature_flags/": "posthog/flags.json"}, pages: offset("results", "count"),
		},
		"configcat": {
			source: configcat, environment: "production", auth: func(r *http.Request) string { return strings.Split(r.URL.Path, "/")[2] }, want: secret,
			files: map[string]string{"/configuration-files/" + secret + "/config_v6.json": "configcat/config_v6.json"},
		},
		"devcycle": {
			source: src("devcycle", sync.Source{}), auth: at("Authorization"), want: "Bearer " + secret, list: ".",
			files: map[string]string{"/v2/projects/shop/features": "devcycle/features.json"},
		},
		"split": {
			source: src("split", sync.Source{Environments: []string{"Prod"}}), auth: at("Authorization"), want: "Bearer " + secret, list: "objects",
			files: map[string]string{
				"/internal/api/v2/splits/ws/shop": "split/list.json", "/internal/api/v2/splits/ws/shop/environments/Prod": "split/definitions.json",
			},
			pages: offset("objects", "totalCount"),
		},
		"http": {
			source: sync.Source{Name: "shop", Type: "http", Token: "TOKEN", Header: "X-Key"}, auth: at("X-Key"), want: secret,
			files: map[string]string{"/": "flagd/shop.json"},
		},
	}
}

// handler answers as the vendor does.
func (s service) handler(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, ok := s.files[r.URL.Path]
		if !ok {
			http.Error(w, "no such thing", http.StatusNotFound)
			return
		}
		if s.auth(r) != s.want {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		data, err := os.ReadFile(filepath.Join(samples, file))
		if !assert.NoError(t, err) {
			return
		}
		var list []any
		if s.list == "." && json.Unmarshal(data, &list) == nil {
			n, _ := strconv.Atoi(r.URL.Query().Get("page"))
			data, _ = json.Marshal(list[min(n-1, len(list)):min(n, len(list))])
		}
		var answer map[string]any
		if s.list != "" && json.Unmarshal(data, &answer) == nil {
			if items, ok := answer[s.list].([]any); ok && !strings.HasSuffix(file, "statuses.json") {
				s.pages(answer, r, items)
				data, _ = json.Marshal(answer)
			}
		}
		_, _ = w.Write(data)
	}
}

func options(sleep func(time.Duration)) sync.Options {
	return sync.Options{
		// Not that of net/http: a test's server closes the connections of that one when it ends.
		Transport: &http.Transport{DisableKeepAlives: true},
		Token:     func(name string) string { return map[string]string{"TOKEN": secret}[name] },
		Now:       time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Formats: source.Formats(), Version: "test",
		Sleep: func(_ context.Context, d time.Duration) error {
			if sleep != nil {
				sleep(d)
			}
			return nil
		},
	}
}

func fetch(t *testing.T, s sync.Source, o sync.Options) ([]*registry.Flag, error) {
	t.Helper()
	after, _, err := sync.Run(t.Context(), sync.Request{
		Sources: []sync.Source{s}, Types: sync.Types(), Today: registry.Date{Year: 2026, Month: 11, Day: 20}, Refresh: registry.Never,
	}, o)
	if err != nil {
		return nil, err
	}
	return after.Sources[0].Flags, nil
}

// Every vendor has a fake, which its fetcher reads as the samples of its format are
// read, all pages of them.
func TestServices(t *testing.T) {
	t.Parallel()
	all := services()
	for _, typ := range sync.Types() {
		require.Contains(t, all, typ.Name, "no fake of the vendor")
	}
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(s.handler(t))
			defer server.Close()
			s.source.Address = server.URL
			if name == "http" {
				s.source.Address += "/"
			}
			typ, err := sync.Lookup(sync.Types(), s.source.Type)
			require.NoError(t, err)
			require.Empty(t, typ.Check(s.source))
			got, err := fetch(t, s.source, options(nil))
			require.NoError(t, err)
			var parts []*registry.Registry
			for _, file := range s.files {
				data, err := os.ReadFile(filepath.Join(samples, file))
				require.NoError(t, err)
				format, _, _ := strings.Cut(file, "/")
				r, err := source.Formats().Load("shop", data, registry.Options{Format: format, Environment: s.environment})
				require.NoError(t, err)
				parts = append(parts, r)
			}
			merged, err := registry.Merge(parts...)
			require.NoError(t, err)
			require.Len(t, got, merged.Len())
			for _, f := range got {
				want := merged.Lookup(f.Key)
				require.NotNil(t, want, f.Key)
				assert.Equal(t, want.Owner, f.Owner, f.Key)
				assert.Len(t, f.Serves, len(want.Serves), f.Key)
			}
		})
	}
}

// What can go wrong with a service is told in a line that names the source and what to
// do, and holds neither the token nor the address.
func TestFaults(t *testing.T) {
	t.Parallel()
	fail := func(status int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			http.Error(w, "token "+secret+" of "+r.URL.String(), status)
		}
	}
	answer := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
	}
	for fault, tc := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"unauthorized":   {fail(401), "401 Unauthorized: the token in TOKEN is refused"},
		"forbidden":      {fail(403), "403 Forbidden: the token in TOKEN may not read this"},
		"not found":      {fail(404), "404 Not Found: there is nothing (correct the address"},
		"too many":       {fail(429), "429 Too Many Requests: it gets too many requests"},
		"broken":         {fail(500), "500 Internal Server Error: the service fails"},
		"refused":        {fail(418), "418 I'm a teapot: the request is refused"},
		"log-in page":    {answer("<!doctype html><title>Log in</title>" + secret), "a page for people"},
		"empty":          {answer("  \n"), "the answer is empty"},
		"not JSON":       {answer("token: [" + secret), "s"},
		"cut off":        {answer(`{"items": [{"key": "` + secret), "s"},
		"a text":         {answer(`"` + secret + `"`), "s"},
		"something else": {answer(`{"secret": "` + secret + `"}`), "s"},
		"redirect":       {fail(302, "Location", "https://elsewhere.example/"+secret), "it redirects to https://elsewhere.example"},
		"hang up": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}, "EOF"},
	} {
		for name, s := range services() {
			t.Run(fault+"/"+name, func(t *testing.T) {
				t.Parallel()
				server := httptest.NewServer(tc.handler)
				defer server.Close()
				s.source.Address = server.URL
				if name == "http" {
					s.source.Format = "flagd"
				}
				_, err := fetch(t, s.source, options(nil))
				require.Error(t, err)
				assert.Contains(t, err.Error(), `source "shop": `)
				assert.Contains(t, err.Error(), tc.want)
				assert.NotContains(t, err.Error(), secret)
				assert.NotContains(t, err.Error(), "configuration-files")
				assert.NotContains(t, err.Error(), "\n")
			})
		}
	}
}

// A service that fails for a while is asked again, as late as it says; nothing else is
// tried twice.
func TestTries(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		after  string
		fails  int
		waits  []time.Duration
		ok     bool
	}{
		"two failures":    {500, "", 2, []time.Duration{time.Second, 2 * time.Second}, true},
		"seconds":         {429, "7", 1, []time.Duration{7 * time.Second}, true},
		"a time":          {503, "Fri, 20 Nov 2026 12:00:30 GMT", 1, []time.Duration{30 * time.Second}, true},
		"a time gone by":  {503, "Fri, 20 Nov 2026 11:00:30 GMT", 1, []time.Duration{time.Second}, true},
		"too long":        {429, "86400", 1, nil, false},
		"nonsense":        {429, "soon", 1, []time.Duration{time.Second}, true},
		"for ever":        {502, "", 99, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}, false},
		"not found":       {404, "1", 1, nil, false},
		"not implemented": {400, "1", 1, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := services()["http"]
			good := s.handler(t)
			left := tc.fails
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if left == 0 {
					good(w, r)
					return
				}
				left--
				w.Header().Set("Retry-After", tc.after)
				w.WriteHeader(tc.status)
			}))
			defer server.Close()
			s.source.Address = server.URL + "/"
			var waits []time.Duration
			_, err := fetch(t, s.source, options(func(d time.Duration) { waits = append(waits, d) }))
			assert.Equal(t, tc.ok, err == nil, "%v", err)
			assert.Equal(t, tc.waits, waits)
		})
	}
}

// The second page of a list that fails fails the whole.
func TestSecondPageFails(t *testing.T) {
	t.Parallel()
	for name, s := range services() {
		if s.list == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := s.handler(t)
			seen := map[string]bool{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if seen[r.URL.Path] {
					w.WriteHeader(http.StatusForbidden)
					return
				}
				seen[r.URL.Path] = true
				good(w, r)
			}))
			defer server.Close()
			s.source.Address = server.URL
			_, err := fetch(t, s.source, options(nil))
			if name == "split" && err == nil {
				t.Skip("its sample has one page")
			}
			require.ErrorContains(t, err, "403")
		})
	}
}

func TestBadAddressesAndTokens(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"ftp://example.com/": "the address is none", "shop": "the address is none", "": "the address is none", "http://": "the address is none",
		"https://me:" + secret + "@example.com/": "the address holds a password",
		"http://127.0.0.1:1/":                    "connection refused",
	} {
		_, err := fetch(t, sync.Source{Name: "a", Type: "http", Address: address}, options(nil))
		require.ErrorContains(t, err, want, address)
		assert.NotContains(t, err.Error(), secret)
	}
	_, err := fetch(t, sync.Source{Name: "a", Type: "http", Address: "https://example.com", Token: "NONE"}, options(nil))
	require.ErrorContains(t, err, `source "a": the environment variable NONE is not set`)
}

// A source that fails leaves no snapshot; all that failed is told.
func TestAllOrNothing(t *testing.T) {
	t.Parallel()
	s := services()["http"]
	server := httptest.NewServer(s.handler(t))
	defer server.Close()
	good, bad, worse := s.source, s.source, s.source
	good.Name, good.Address = "good", server.URL+"/"
	bad.Name, bad.Address = "bad", server.URL+"/none"
	worse.Name, worse.Token = "worse", "NONE"
	after, changes, err := sync.Run(t.Context(), sync.Request{Sources: []sync.Source{good, bad, worse}, Types: sync.Types()}, options(nil))
	assert.Nil(t, after)
	assert.Nil(t, changes)
	require.ErrorContains(t, err, `source "bad": `)
	require.ErrorContains(t, err, `source "worse": `)
	_, _, err = sync.Run(t.Context(), sync.Request{Sources: []sync.Source{good}, Only: []string{"goood"}, Types: sync.Types()}, options(nil))
	require.ErrorContains(t, err, `there is no source "goood" in the configuration (it has good)`)
}

// What does not change keeps its days; what does is told, and dated.
func TestChanges(t *testing.T) {
	t.Parallel()
	day := func(s string) registry.Date {
		d, err := registry.ParseDate(s)
		require.NoError(t, err)
		return d
	}
	text := `{"flags": {"a": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off"},
		"b": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	defer server.Close()
	r := sync.Request{
		Sources: []sync.Source{{Name: "flagd", Type: "http", Address: server.URL}}, Types: sync.Types(), Today: day("2026-11-01"), Refresh: 10,
	}
	first, changes, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	require.Len(t, changes, 2)
	assert.Equal(t, day("2026-11-01"), first.Sources[0].Flag("b").Serves[0].Since)

	r.Before, r.Today = first, day("2026-11-05")
	second, changes, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	assert.Empty(t, changes)
	want, err := snapshot.Render(first)
	require.NoError(t, err)
	got, err := snapshot.Render(second)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))

	r.Today = day("2026-11-20") // the day of the sync is told anew, before it is too old
	third, changes, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	assert.Empty(t, changes)
	assert.Equal(t, day("2026-11-20"), third.Sources[0].Synced)
	assert.Equal(t, day("2026-11-01"), third.Sources[0].Flag("b").Serves[0].Since)

	text = `{"flags": {"a": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
		"c": {"state": "DISABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}`
	r.Before = third
	fourth, changes, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	assert.Equal(t, []sync.Change{
		{Source: "flagd", Flag: "a", What: "changed", Field: "serves.", From: json.RawMessage(`{"only":false,"since":"2026-11-01"}`),
			To: json.RawMessage(`{"only":true,"since":"2026-11-20"}`)},
		{Source: "flagd", Flag: "b", What: "removed"},
		{Source: "flagd", Flag: "c", What: "added"},
	}, changes)
	assert.Equal(t, day("2026-11-20"), fourth.Sources[0].Flag("a").Serves[0].Since)

	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	history, err := sync.AppendHistory(nil, now, changes[:1])
	require.NoError(t, err)
	history, err = sync.AppendHistory(history, now, changes[1:])
	require.NoError(t, err)
	entries, err := sync.ReadHistory("h.jsonl", history)
	require.NoError(t, err)
	require.Len(t, entries, 3)
	assert.Equal(t, changes[0], entries[0].Change)
	_, err = sync.ReadHistory("h.jsonl", append(history, `{"time": "s3cr3t"}`...))
	require.ErrorContains(t, err, "h.jsonl:4: is no line of the history")
}
