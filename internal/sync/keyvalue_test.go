package sync_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/internal/sync/storetest"
	"github.com/flaghygiene/flaglint/registry"
)

// fetchStored fetches a source and writes its flags a line each.
func fetchStored(t *testing.T, s sync.Source, secret string) (string, error) {
	t.Helper()
	s.Name = "flags"
	typ, err := sync.Lookup(sync.StoreTypes(), s.Type)
	require.NoError(t, err)
	require.Empty(t, typ.Check(s))
	o := options(nil)
	o.Token = func(string) string { return secret }
	after, _, err := sync.Run(t.Context(), sync.Request{
		Sources: []sync.Source{s}, Types: sync.StoreTypes(), Today: registry.Date{Year: 2026, Month: 11, Day: 20}, Refresh: registry.Never,
	}, o)
	if err != nil {
		assert.Nil(t, after)
		return "", err
	}
	return storetest.Render(t, after.Sources[0].Flags), nil
}

// stored are the keys of the tests, and wantStored the flags that they are below flags/.
var stored = map[string]string{
	"flags/": "", "flags/a": "true", "flags/shop/b": "0", "flags/shop/": "", "flags/c": "25%",
	"flags/d": `{"enabled": true, "percentage": 100, "owner": "web", "users": []}`, "flagsandmore": "s3cr3t", "other": "s3cr3t",
}

const wantStored = `a {"serves.":{"only":true,"since":"2026-11-20"},"type":"bool"}
c {"serves.":{},"type":"bool"}
d {"owner":"web","serves.":{"only":true,"since":"2026-11-20"},"type":"bool"}
shop/b {"serves.":{"only":false,"since":"2026-11-20"},"type":"bool"}
`

// consul answers as Consul's documentation says.
func consul(t *testing.T, keys map[string]string) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		prefix, ok := strings.CutPrefix(r.URL.Path, "/v1/kv/")
		if !ok || r.Method != http.MethodGet || !r.URL.Query().Has("recurse") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		switch r.Header.Get("X-Consul-Token") {
		case secret:
		case "": // the anonymous token sees nothing
			w.WriteHeader(http.StatusNotFound)
			return
		case "part":
			w.Header().Set("X-Consul-Results-Filtered-By-ACLs", "true")
		default:
			http.Error(w, "ACL not found: "+r.Header.Get("X-Consul-Token"), http.StatusForbidden)
			return
		}
		type pair struct {
			LockIndex   int
			Key         string
			Flags       int
			Value       []byte // null where there is none
			CreateIndex int
			ModifyIndex int
		}
		var pairs []pair
		for key, value := range keys {
			if strings.HasPrefix(key, prefix) {
				p := pair{Key: key, CreateIndex: 7, ModifyIndex: 9}
				if value != "" {
					p.Value = []byte(value)
				}
				pairs = append(pairs, p)
			}
		}
		if len(pairs) == 0 {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		assert.NoError(t, json.NewEncoder(w).Encode(pairs))
	}))
	t.Cleanup(server.Close)
	return server
}

func TestConsul(t *testing.T) {
	t.Parallel()
	server := consul(t, stored)
	s := sync.Source{Type: "consul", Address: server.URL + "?dc=eu", Token: "TOKEN", Settings: map[string]string{"prefix": "flags/"}}
	got, err := fetchStored(t, s, secret)
	require.NoError(t, err)
	assert.Equal(t, wantStored, got)
	s.Environments = []string{"production"}
	got, err = fetchStored(t, s, secret)
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(wantStored, "serves.", "serves.production"), got)
	s.Environments = nil

	for token, want := range map[string]string{
		"wr0ng-s3cr3t": "/v1/kv/flags/: 403 Forbidden: the token in TOKEN may not read this",
		"part":         "the token may not see all keys (give it key_prefix with the policy read)",
	} {
		_, err := fetchStored(t, s, token)
		holdsStored(t, err, want)
	}
	for prefix, want := range map[string]string{
		"none/": "no key begins with the prefix (correct it; or the account may not see the keys)",
		"other": "no key begins with the prefix",
		"flags": `the keys go on with a slash behind the prefix (say prefix: "flags/")`,
	} {
		s.Settings = map[string]string{"prefix": prefix}
		_, err := fetchStored(t, s, secret)
		holdsStored(t, err, want)
	}
	s.Token, s.Settings = "", map[string]string{"prefix": "flags/"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, "no key begins with the prefix")

	s.Token, s.Address = "TOKEN", consul(t, map[string]string{"flags/a": `{"enabled": "s3cr3t"}`, "flags/b": `{"enabled": true, "id": 7}`}).URL
	_, err = fetchStored(t, s, secret)
	require.ErrorContains(t, err, "flags/a: enabled must be true or false")
	require.ErrorContains(t, err, `flags/b: has the field "id", which is none that is read (add it to ignore:`)
	assert.NotContains(t, err.Error(), "s3cr3t")

	many := map[string]string{}
	for i := range sync.MaxStored + 1 {
		many[fmt.Sprintf("flags/%d", i)] = "1"
	}
	s.Address = consul(t, many).URL
	_, err = fetchStored(t, s, secret)
	holdsStored(t, err, "there are more than 100000 keys (give a longer prefix)")
	wrong := map[string]string{}
	for i := range 50 {
		wrong[fmt.Sprintf("flags/%02d", i)] = "s3cr3t"
	}
	s.Address = consul(t, wrong).URL
	_, err = fetchStored(t, s, secret)
	require.Error(t, err)
	assert.Len(t, strings.Split(err.Error(), "\n"), 21)
	require.ErrorContains(t, err, "flags: there is more of this kind")

	typ, err := sync.Lookup(sync.StoreTypes(), "consul")
	require.NoError(t, err)
	for _, prefix := range []string{"/flags/", "a//b", "a/../b"} {
		found := typ.Check(sync.Source{Type: "consul", Address: server.URL, Settings: map[string]string{"prefix": prefix}})
		require.Len(t, found, 1)
		assert.Contains(t, found[0], "cannot be asked for")
	}
	assert.Equal(t, []string{"a source of the type consul needs prefix"}, typ.Check(sync.Source{Type: "consul", Address: server.URL}))
}

// holdsStored wants an error in a line that names the source and holds no secret.
func holdsStored(t *testing.T, err error, want string) {
	t.Helper()
	require.Error(t, err)
	assert.Contains(t, err.Error(), `source "flags": `)
	assert.Contains(t, err.Error(), want)
	assert.NotContains(t, err.Error(), "s3cr3t")
	assert.NotContains(t, err.Error(), "\n")
	t.Log(err)
}

func TestEtcd(t *testing.T) {
	t.Parallel()
	program := storetest.Find(t, "etcd-server", "etcd")
	dir, port, peer := storetest.Dir(t), storetest.Port(t), storetest.Port(t)
	address := "http://127.0.0.1:" + port
	storetest.Serve(t, dir, port, program, "--data-dir", dir+"/data", "--listen-client-urls", address, "--advertise-client-urls", address,
		"--listen-peer-urls", "http://127.0.0.1:"+peer, "--initial-advertise-peer-urls", "http://127.0.0.1:"+peer,
		"--initial-cluster", "default=http://127.0.0.1:"+peer, "--log-level", "error")
	post := func(path string, body any) error {
		text, err := json.Marshal(body)
		require.NoError(t, err)
		r, err := http.Post(address+"/v3/"+path, "application/json", bytes.NewReader(text))
		if err != nil {
			return err
		}
		defer r.Body.Close()
		answer, err := io.ReadAll(r.Body)
		if err == nil && r.StatusCode != http.StatusOK {
			err = fmt.Errorf("%s: %s: %s", path, r.Status, answer)
		}
		return err
	}
	put := func(key, value string) error {
		return post("kv/put", map[string][]byte{"key": []byte(key), "value": []byte(value)})
	}
	storetest.Wait(t, func() error { return put("flags/a", "true") })
	for key, value := range stored {
		require.NoError(t, put(key, value))
	}
	s := sync.Source{Type: "etcd", Address: address, Settings: map[string]string{"prefix": "flags/"}}
	got, err := fetchStored(t, s, "")
	require.NoError(t, err)
	assert.Equal(t, wantStored, got)
	s.Settings = map[string]string{"prefix": "none/"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, "no key begins with the prefix")
	s.Settings = map[string]string{"prefix": "flags"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, `the keys go on with a slash behind the prefix (say prefix: "flags/")`)
	require.NoError(t, put("bad/a", "s3cr3t"))
	s.Settings = map[string]string{"prefix": "bad/"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, "flags/a: enabled must be true or false")
	require.NoError(t, put("\xff\xff\x01a", "on"))
	s.Settings = map[string]string{"prefix": "\xff\xff"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, `flags/"\x01a": the key of a flag has a control character`)

	as := s
	as.Address, as.Token = strings.Replace(address, "127", "reader@127", 1), "PASSWORD"
	_, err = fetchStored(t, as, secret)
	holdsStored(t, err, "the user or the password is wrong, or authentication is off")
	for _, step := range []struct {
		path string
		body map[string]any
	}{
		{"auth/user/add", map[string]any{"name": "root", "password": "admin"}},
		{"auth/user/grant", map[string]any{"user": "root", "role": "root"}},
		{"auth/user/add", map[string]any{"name": "reader", "password": secret}},
		{"auth/role/add", map[string]any{"name": "flags"}},
		{"auth/role/grant", map[string]any{"name": "flags", "perm": map[string]any{"permType": "READ", "key": []byte("flags/"), "range_end": []byte("flags0")}}},
		{"auth/user/grant", map[string]any{"user": "reader", "role": "flags"}},
		{"auth/enable", map[string]any{}},
	} {
		if step.path == "auth/user/grant" && step.body["role"] == "root" {
			require.NoError(t, post("auth/role/add", map[string]any{"name": "root"}))
		}
		require.NoError(t, post(step.path, step.body))
	}
	as.Settings = map[string]string{"prefix": "flags/"}
	got, err = fetchStored(t, as, secret)
	require.NoError(t, err)
	assert.Equal(t, wantStored, got)
	_, err = fetchStored(t, as, "wr0ng-s3cr3t")
	holdsStored(t, err, "the user or the password is wrong")
	as.Settings = map[string]string{"prefix": "bad/"}
	_, err = fetchStored(t, as, secret)
	holdsStored(t, err, "403 Forbidden")
	s.Settings = map[string]string{"prefix": "flags/"}
	_, err = fetchStored(t, s, "")
	holdsStored(t, err, "it wants a user, in address: https://USER@HOST, and a password")
	as.Address = strings.Replace(address, "127", "reader:"+secret+"@127", 1)
	_, err = fetchStored(t, as, secret)
	holdsStored(t, err, "the address holds a password")

	typ, err := sync.Lookup(sync.StoreTypes(), "etcd")
	require.NoError(t, err)
	as.Address, as.Token = "https://reader@example.com", ""
	require.Len(t, typ.Check(as), 1)
	as.Address, as.Token = "https://example.com", "PASSWORD"
	require.Len(t, typ.Check(as), 1)
}

// What is no store of keys, or fails, is told as of services.
func TestStoreFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ answer, consul, etcd string }{
		"something else": {`{"secret": "s3cr3t"}`, "the answer is not what it should be", "the answer is not what it should be"},
		"a list":         {`[{"Key": "s3cr3t", "Value": "MQ=="}]`, "the answer has a key that does not begin with the prefix", "the answer is not what it should be"},
		"not Base64":     {`[{"Key": "flags/a", "Value": "s3cr3t!"}]`, "the answer is not what it should be", "the answer is not what it should be"},
		"a page":         {"<html>s3cr3t", "a page for people", "a page for people"},
		"cut off":        {`[{"Key": "s3cr3t`, "the answer breaks off", "the answer breaks off"},
		"more":           {`{"header": {}, "more": true}`, "the answer is not", "there are more than 100000 keys"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, tc.answer) }))
		for typ, want := range map[string]string{"consul": tc.consul, "etcd": tc.etcd} {
			_, err := fetchStored(t, sync.Source{Type: typ, Address: server.URL, Settings: map[string]string{"prefix": "flags/"}}, "")
			require.Error(t, err, name)
			holdsStored(t, err, want)
		}
		server.Close()
	}
	wait := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-wait }))
	defer server.Close()
	defer close(wait)
	fail := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }))
	defer fail.Close()
	for _, typ := range []string{"consul", "etcd"} {
		s := sync.Source{Type: typ, Address: server.URL, Settings: map[string]string{"prefix": "flags/"}, Timeout: 200 * time.Millisecond}
		_, err := fetchStored(t, s, "")
		holdsStored(t, err, "no answer in time")
		s.Address = fail.URL
		_, err = fetchStored(t, s, "")
		holdsStored(t, err, "500 Internal Server Error: the service fails")
		s.Address = "http://127.0.0.1:" + storetest.Port(t)
		_, err = fetchStored(t, s, "")
		holdsStored(t, err, "connection refused")
		s.Address = "s3cr3t"
		_, err = fetchStored(t, s, "")
		holdsStored(t, err, "the address is none")
	}
}
