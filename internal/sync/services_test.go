package sync_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

// answers is a server that answers paths, with their query if they have one.
func answers(t *testing.T, texts map[string]string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := texts[r.URL.Path]
		if !ok {
			text, ok = texts[r.URL.RequestURI()]
		}
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	return server
}

// served says what flags serve, by key and environment.
func served(flags []*registry.Flag) map[string][]string {
	out := map[string][]string{}
	for _, f := range flags {
		out[f.Key] = []string{}
		for _, s := range f.Serves {
			out[f.Key] = append(out[f.Key], s.String())
		}
	}
	return out
}

// CloudBees lists what is served apart from the flags, an environment a list, and
// knows environments by number.
func TestCloudBeesEnvironments(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"/v2/applications/app/flags": `{"flags": [{"id": "1", "name": "a", "flagType": "Boolean"}, {"id": "2", "name": "b", "flagType": "Boolean"}]}`,
		"/v2/applications/app/environments/7f/configuration": `{"configurations": [
			{"flagId": "1", "flagName": "a", "configuration": {"enabled": true, "defaultValue": true, "conditions": []}},
			{"flagId": "2", "flagName": "b", "configuration": {"enabled": true, "defaultValue": false, "conditions": [{"group": {}}]}}]}`,
		"/v2/applications/app/environments/8f/configuration": `{"configurations": [
			{"flagId": "1", "flagName": "a", "configuration": {"enabled": false}}, {"flagId": "2", "flagName": "b"}]}`,
	}
	s := sync.Source{Name: "cb", Type: "cloudbees", Token: "TOKEN", Project: "app", Environments: []string{"production=7f", "staging=8f"}}
	s.Address = answers(t, texts).URL
	flags, err := fetch(t, s, options(nil))
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{
		"a": {"serves true in production", "serves nothing in staging"}, "b": {"serves different values in production"},
	}, served(flags))

	texts["/v2/applications/app/environments/8f/configuration"] = `{"configurations": [{"flagName": "none", "configuration": {}}]}`
	_, err = fetch(t, s, options(nil))
	require.ErrorContains(t, err, "the configuration of a flag that is not listed")
}

// Environments of LaunchDarkly are asked for three at once, and archived flags apart.
func TestLaunchDarklyEnvironments(t *testing.T) {
	t.Parallel()
	env := func(name, variation string) string {
		return `"` + name + `": {"on": true, "fallthrough": {"variation": ` + variation + `}, "offVariation": 1, "rules": []}`
	}
	flag := func(environments ...string) string {
		return `{"totalCount": 1, "items": [{"key": "a", "kind": "boolean", "_version": 1, "temporary": true,
			"variations": [{"value": true}, {"value": false}], "environments": {` + strings.Join(environments, ", ") + `}}]}`
	}
	const list, status = "/api/v2/flags/p?", "/api/v2/flag-statuses/p/"
	texts := map[string]string{
		list + "filter=state%3Aarchived&limit=100&offset=0&summary=0": `{"totalCount": 1, "items": [{"key": "old", "kind": "boolean", "_version": 1, "archived": true,
			"variations": [{"value": true}, {"value": false}]}]}`,
		list + "env=1&env=2&env=3&limit=100&offset=0&summary=0": flag(env("1", "0"), env("2", "1"), env("3", "0")),
		list + "env=4&limit=100&offset=0&summary=0":             flag(env("4", "0")),
	}
	for _, e := range []string{"1", "2", "3", "4"} {
		texts[status+e] = `{"items": [{"name": "launched", "default": false, "_links": {"parent": {"href": "/api/v2/flags/p/a"}}}]}`
	}
	s := sync.Source{Name: "ld", Type: "launchdarkly", Token: "TOKEN", Project: "p", Environments: []string{"production=1", "2", "3", "4"}}
	s.Address = answers(t, texts).URL
	flags, err := fetch(t, s, options(nil))
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{
		"a": {"serves true in production", "serves false in 2", "serves true in 3", "serves true in 4"}, "old": {},
	}, served(flags))
}

// Flagsmith's lists do not say which environment they are of.
func TestFlagsmithEnvironments(t *testing.T) {
	t.Parallel()
	page := func(enabled bool) string {
		return fmt.Sprintf(`{"count": 1, "next": null, "results": [{"id": 1, "name": "a", "type": "STANDARD", "default_enabled": %t, "initial_value": "",
			"num_segment_overrides": 0, "num_identity_overrides": 0, "environment_feature_state": {"enabled": %t, "feature_state_value": null}}]}`, enabled, enabled)
	}
	s := sync.Source{Name: "fs", Type: "flagsmith", Token: "TOKEN", Project: "9", Environments: []string{"production=1", "staging = 2"}}
	s.Address = answers(t, map[string]string{
		"/api/v1/projects/9/features/?environment=1&page=1&page_size=100": page(true),
		"/api/v1/projects/9/features/?environment=2&page=1&page_size=100": page(false),
	}).URL
	flags, err := fetch(t, s, options(nil))
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{"a": {"serves true in production", "serves false in staging"}}, served(flags))
}

// The export of Unleash is asked for by POST, which changes nothing there.
func TestUnleashExport(t *testing.T) {
	t.Parallel()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.Equal(t, "application/json", r.Header.Get("Content-Type"))
		asked = append(asked, r.Method+" "+r.URL.Path+" "+string(body))
		var q struct{ Environment string }
		assert.NoError(t, json.Unmarshal(body, &q))
		fmt.Fprintf(w, `{"features": [{"name": "a", "type": "release"}], "featureStrategies": [],
			"featureEnvironments": [{"featureName": "a", "environment": %q, "enabled": %t}]}`, q.Environment, q.Environment == "prod")
	}))
	defer server.Close()
	s := sync.Source{Name: "u", Type: "unleash", Token: "TOKEN", Project: "shop", Address: server.URL, Environments: []string{"prod", "dev"}}
	flags, err := fetch(t, s, options(nil))
	require.NoError(t, err)
	assert.Equal(t, []string{
		`POST /api/admin/features-batch/export {"downloadFile":false,"environment":"prod","project":"shop"}`,
		`POST /api/admin/features-batch/export {"downloadFile":false,"environment":"dev","project":"shop"}`,
	}, asked)
	assert.Equal(t, map[string][]string{"a": {"serves true in prod", "serves false in dev"}}, served(flags))
}

// The keys of ConfigCat have slashes, and stand in the address.
func TestConfigCatKeys(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"/configuration-files/configcat-sdk-1/x y/z/config_v6.json": `{"p": {"u": "https://cdn-global.configcat.com", "r": 0}, "f": {"a": {"t": 0, "v": {"b": true}}}}`,
	}
	s := sync.Source{Name: "cc", Type: "configcat", Token: "TOKEN", Environments: []string{"production"}, Address: answers(t, texts).URL}
	o := options(nil)
	key := "configcat-sdk-1/x y/z\n"
	o.Token = func(string) string { return key }
	flags, err := fetch(t, s, o)
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{"a": {"serves true in production"}}, served(flags))

	key = "configcat-sdk-1/x y/other"
	_, err = fetch(t, s, o)
	require.ErrorContains(t, err, "404 Not Found")
	assert.NotContains(t, err.Error(), "other")
	for _, key = range []string{"../admin", "a//b", "/a"} {
		_, err = fetch(t, s, o)
		require.ErrorContains(t, err, "the token cannot stand in an address")
	}

	key = "configcat-sdk-1/eu/eu"
	texts["/configuration-files/"+key+"/config_v6.json"] = `{"p": {"u": "https://cdn-eu.configcat.com", "r": 2}}`
	_, err = fetch(t, s, o)
	require.ErrorContains(t, err, `the flags are at another address (add address: "https://cdn-eu.configcat.com"`)
}

// An address of a source of the type http can have a place for the token, which then
// stands in no header.
func TestTokenInAddress(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Empty(t, r.Header.Get("Authorization"))
		if r.URL.Path != "/api/features/"+secret {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, `{"status": 200, "features": {"a": {"defaultValue": true}}}`)
	}))
	defer server.Close()
	s := sync.Source{Name: "gb", Type: "http", Token: "TOKEN", Format: "growthbook", Address: server.URL + "/api/features/{token}"}
	flags, err := fetch(t, s, options(nil))
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{"a": {"serves true"}}, served(flags))
	s.Address += "x"
	_, err = fetch(t, s, options(nil))
	require.ErrorContains(t, err, "403")
	assert.NotContains(t, err.Error(), secret)
	assert.NotContains(t, err.Error(), "/api")
	s.Token = ""
	_, err = fetch(t, s, options(nil))
	require.ErrorContains(t, err, "the address has a place for a token, and there is none")
}

// A token goes to no other host than that of the configuration.
func TestRedirects(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		assert.Fail(t, "a request went to another host", "%v", r.Header)
	}))
	defer other.Close()
	for name, s := range services() {
		for _, status := range []int{301, 302, 307, 308} {
			t.Run(fmt.Sprint(name, status), func(t *testing.T) {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					http.Redirect(w, r, other.URL+r.URL.Path, status)
				}))
				defer server.Close()
				s.source.Address = server.URL
				_, err := fetch(t, s.source, options(nil))
				require.ErrorContains(t, err, "it redirects to "+other.URL)
				assert.NotContains(t, err.Error(), secret)
			})
		}
	}
	// On the same host it is followed.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		fmt.Fprint(w, "<html>"+secret)
	}))
	defer server.Close()
	_, err := fetch(t, sync.Source{Name: "a", Type: "http", Token: "TOKEN", Address: server.URL}, options(nil))
	require.ErrorContains(t, err, "the answer is a page for people")
}

// The token is taken out of what an error repeats, such as an environment that bears
// its name.
func TestRedacted(t *testing.T) {
	t.Parallel()
	s := services()["harness"]
	server := httptest.NewServer(s.handler(t))
	defer server.Close()
	s.source.Address, s.source.Environments = server.URL, []string{secret}
	_, err := fetch(t, s.source, options(nil))
	require.ErrorContains(t, err, "the answer says nothing of the environment …")
	assert.NotContains(t, err.Error(), secret)
}

// An environment that the answer does not speak of would never be rolled out.
func TestUnknownEnvironment(t *testing.T) {
	t.Parallel()
	s := services()["harness"]
	server := httptest.NewServer(s.handler(t))
	defer server.Close()
	s.source.Address, s.source.Environments = server.URL, []string{"prd"}
	_, err := fetch(t, s.source, options(nil))
	require.ErrorContains(t, err, "the answer says nothing of the environment prd (it has prod")
}

// A service that ignores the page asked for would be asked for ever.
func TestRepeatedPages(t *testing.T) {
	t.Parallel()
	s := sync.Source{Name: "a", Type: "statsig", Token: "TOKEN"}
	s.Address = answers(t, map[string]string{"/console/v1/gates": `{"data": [{"id": "a", "status": "Launched"}], "pagination": {"nextPage": "x"}}`}).URL
	_, err := fetch(t, s, options(nil))
	require.ErrorContains(t, err, "two pages of the list are the same")
}

// A token that may not read flags gets an empty list from some services: the flags
// are not gone.
func TestEmptiedSource(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"/console/v1/gates": `{"data": [{"id": "a", "status": "Launched", "isEnabled": true, "type": "TEMPORARY", "rules": []}]}`}
	s := sync.Source{Name: "a", Type: "statsig", Token: "TOKEN", Address: answers(t, texts).URL}
	r := sync.Request{Sources: []sync.Source{s}, Types: sync.Types()}
	first, _, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	texts["/console/v1/gates"] = `{"data": []}`
	r.Before = first
	_, _, err = sync.Run(t.Context(), r, options(nil))
	require.ErrorContains(t, err, `source "a": has no flags, where it had 1`)

	// A source that the configuration has no more is gone, and so are its flags.
	r.Sources = nil
	after, changes, err := sync.Run(t.Context(), r, options(nil))
	require.NoError(t, err)
	assert.Equal(t, []sync.Change{{Source: "a", Flag: "a", What: "removed"}}, changes)
	text, err := snapshot.Render(after)
	require.NoError(t, err)
	assert.NotContains(t, string(text), `"a"`)
}

func TestTypeCheck(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]sync.Source{
		"a source of the type launchdarkly needs environments": {Type: "launchdarkly", Token: "T", Project: "p"},
		"a source of the type http has no project (remove it)": {Type: "http", Address: "https://x", Project: "p"},
		"an answer of the type http holds one environment (make a source for each)": {
			Type: "http", Address: "https://x", Environments: []string{"a", "b"},
		},
		"an answer of the type unleash holds one environment (make a source for each)": {
			Type: "unleash", Token: "T", Address: "https://x", Environments: []string{"a", "b"},
		},
		"": {Type: "unleash", Token: "T", Address: "https://x", Project: "p", Environments: []string{"a", "b"}},
		"a source of the type http has no query (remove it)": {Type: "http", Address: "https://x", Settings: map[string]string{"query": "x"}},
	} {
		typ, err := sync.Lookup(sync.Types(), s.Type)
		require.NoError(t, err)
		assert.Equal(t, want, strings.Join(typ.Check(s), "\n"))
	}
	_, err := sync.Lookup(sync.Types(), "launchdarkley")
	require.ErrorContains(t, err, `type: "launchdarkley" is unknown (want cloudbees, configcat`)
}

func FuzzReadHistory(f *testing.F) {
	f.Add([]byte(`{"time":"2026-04-10T06:30:00Z","source":"a","flag":"b","what":"changed","field":"serves.","from":{},"to":{"only":true}}` + "\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := sync.ReadHistory("h", data)
		if err != nil {
			return
		}
		var again []byte
		for _, e := range entries {
			if e.Time.Year() > 9999 || e.Time.Year() < 0 {
				return // which RFC 3339 cannot tell
			}
			var err error
			again, err = sync.AppendHistory(again, e.Time, []sync.Change{e.Change})
			require.NoError(t, err)
		}
		same, err := sync.ReadHistory("h", again)
		require.NoError(t, err)
		require.Len(t, same, len(entries))
	})
}
