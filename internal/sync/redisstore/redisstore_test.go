package redisstore_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gomodule/redigo/redis"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/internal/sync/redisstore"
	"github.com/flaghygiene/flaglint/internal/sync/storetest"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

// password needs to be escaped in addresses.
const password = "s3cr3t/pa%ss@w:rd"

// certificates holds one of the loopback, cert.pem, and its key.pem.
var certificates string

// TestMain lets the tests trust a certificate, as users do that have one of their own.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "flaglint-tls-")
	if err == nil {
		err = storetest.Certify(dir)
	}
	if err == nil {
		err = os.Setenv("SSL_CERT_FILE", filepath.Join(dir, "cert.pem"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	certificates = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func fetch(t *testing.T, s sync.Source, env map[string]string) (string, error) {
	t.Helper()
	s.Name, s.Type = "flags", "redis"
	if s.Timeout == 0 {
		s.Timeout = time.Minute
	}
	require.Empty(t, redisstore.Types()[0].Check(s))
	after, _, err := sync.Run(t.Context(), sync.Request{
		Sources: []sync.Source{s}, Types: redisstore.Types(), Today: registry.Date{Year: 2026, Month: 11, Day: 20}, Refresh: registry.Never,
	}, sync.Options{Token: func(name string) string { return env[name] }, Formats: source.Formats()})
	if err != nil {
		assert.Nil(t, after)
		return "", err
	}
	return storetest.Render(t, after.Sources[0].Flags), nil
}

// holds wants an error in a line that names the source and holds no secret.
func holds(t *testing.T, err error, want string) {
	t.Helper()
	require.Error(t, err)
	assert.Contains(t, err.Error(), `source "flags": `)
	assert.Contains(t, err.Error(), want)
	assert.NotContains(t, err.Error(), "\n")
	for _, secret := range []string{"s3cr3t", "w:rd", "w%3Ard"} {
		assert.NotContains(t, err.Error(), secret)
	}
	t.Log(err)
}

// What a flag is that everyone or nobody gets, and some.
const (
	on   = ` {"serves.":{"only":true,"since":"2026-11-20"},"type":"bool"}` + "\n"
	off  = ` {"serves.":{"only":false,"since":"2026-11-20"},"type":"bool"}` + "\n"
	some = ` {"serves.":{},"type":"bool"}` + "\n"
)

func TestRedis(t *testing.T) {
	t.Parallel()
	server := storetest.Find(t, "redis-server", "redis-server")
	dir, port, tlsPort := storetest.Dir(t), storetest.Port(t), storetest.Port(t)
	config := filepath.Join(dir, "redis.conf")
	require.NoError(t, os.WriteFile(config, []byte(fmt.Sprintf(`port %s
tls-port %s
tls-cert-file %[3]s/cert.pem
tls-key-file %[3]s/key.pem
tls-ca-cert-file %[3]s/cert.pem
tls-auth-clients no
bind 127.0.0.1
dir %[4]s
save ""
user default on >admin-pass ~* +@all
user reader on >%[5]s ~feature* ~flags* ~gutter* ~ramp* ~odd* +hgetall +scan +get +select
`, port, tlsPort, certificates, dir, password)), 0o644))
	storetest.Serve(t, dir, port, server, config)
	var admin redis.Conn
	storetest.Wait(t, func() (err error) {
		admin, err = redis.DialURL("redis://:admin-pass@127.0.0.1:" + port)
		return err
	})
	defer admin.Close()
	do := func(command string, args ...any) {
		t.Helper()
		_, err := admin.Do(command, args...)
		require.NoError(t, err)
	}
	place := "127.0.0.1:" + port
	whole := "redis://" + url.UserPassword("reader", password).String() + "@" + place
	env := map[string]string{"REDIS_URL": whole, "PASSWORD": password + "\n"}
	of := func(settings ...string) sync.Source {
		s := sync.Source{Token: "REDIS_URL", Settings: map[string]string{}}
		for i := 0; i+1 < len(settings); i += 2 {
			s.Settings[settings[i]] = settings[i+1]
		}
		return s
	}

	t.Run("hash", func(t *testing.T) {
		do("HSET", "flags", "a", "true", "b", "0", "c", "25%", "d", "100%", "e", `"off"`,
			"f", `{"enabled": true, "percentage": 100, "owner": "web", "tags": ["y", "x"], "name": "Words", "users": [], "created_at": "2026-01-05T10:00:00Z"}`,
			"g", `{"enabled": false, "note": null}`, "h", `{"rollout": 12.5}`)
		want := "a" + on + "b" + off + "c" + some + "d" + on + "e" + off +
			`f {"created":"2026-01-05","owner":"web","serves.":{"only":true,"since":"2026-11-20"},"tags":["x","y"],"type":"bool"}` + "\n" + "g" + off + "h" + some
		for _, s := range []sync.Source{
			of("key", "flags"),
			{Address: "redis://reader@" + place + "/0", Token: "PASSWORD", Settings: map[string]string{"key": "flags"}},
			{Address: "rediss://reader@127.0.0.1:" + tlsPort, Token: "PASSWORD", Settings: map[string]string{"key": "flags"}},
		} {
			got, err := fetch(t, s, env)
			require.NoError(t, err)
			assert.Equal(t, want, got)
		}
		s := of("key", "flags")
		s.Environments = []string{"production"}
		got, err := fetch(t, s, env)
		require.NoError(t, err)
		assert.Equal(t, strings.ReplaceAll(want, "serves.", "serves.production"), got)
	})
	t.Run("percentages", func(t *testing.T) {
		do("HSET", "flags:pct", "a", "100", "b", "1", "c", "0", "d", "33.3%")
		got, err := fetch(t, of("key", "flags:pct", "layout", "percentages"), env)
		require.NoError(t, err)
		assert.Equal(t, "a"+on+"b"+some+"c"+off+"d"+some, got)
	})
	t.Run("keys", func(t *testing.T) {
		do("SET", "feature:new-checkout:percentage", "100")
		do("SET", "feature:new-checkout:owner", "payments")
		do("SET", "feature:shop:banner:percentage", "7")
		do("SET", "feature:quiet:enabled", "off")
		do("SET", "feature:quiet:percentage", "100")
		do("SET", "features:other", "?")
		got, err := fetch(t, of("pattern", "feature:{flag}:{field}"), env)
		require.NoError(t, err)
		assert.Equal(t, `new-checkout {"owner":"payments","serves.":{"only":true,"since":"2026-11-20"},"type":"bool"}`+"\n"+
			"quiet"+off+"shop:banner"+some, got)
		do("DEL", "feature:quiet:percentage")
		got, err = fetch(t, of("pattern", "feature:{flag}:percentage", "layout", "percentages"), env)
		require.NoError(t, err)
		assert.Equal(t, "new-checkout"+on+"shop:banner"+some, got)
		// What SCAN takes for a pattern is literal.
		do("SET", "odd[*?]a.x", "true")
		do("SET", "odd*b.x", "true")
		do("HSET", "odd[*?]c.x", "enabled", "1", "percentage", "50")
		got, err = fetch(t, of("pattern", "odd[*?]{flag}.x"), env)
		require.NoError(t, err)
		assert.Equal(t, "a"+on+"c"+some, got)
	})
	t.Run("many keys", func(t *testing.T) {
		for i := range 5000 {
			require.NoError(t, admin.Send("SET", fmt.Sprintf("feature/%04d", i), "true"))
		}
		_, err := admin.Do("")
		require.NoError(t, err)
		got, err := fetch(t, of("pattern", "feature/{flag}"), env)
		require.NoError(t, err)
		assert.Equal(t, 5000, strings.Count(got, on))
	})
	t.Run("gutter", func(t *testing.T) {
		of3 := func(state int, more string) string {
			return fmt.Sprintf(`{"py/object": "gutter.client.models.Switch", "py/state": {%s "state": %d, "compounded": false, "conditions": [], "label": null}}`, more, state)
		}
		do("HSET", "gutter", "default.everyone", of3(3, `"_name": "everyone", "concent": true, "description": "All of it",`),
			"default.nobody", of3(1, `"_name": "nobody", "concent": true,`), "default.some", of3(2, `"_name": "some",`),
			"default.shop:cart", of3(3, `"_name": "shop:cart", "concent": true,`), "default.shop:alone", of3(3, `"_name": "shop:alone", "concent": false,`),
			"plain", `{"name": "plain", "state": 3}`)
		got, err := fetch(t, of("key", "gutter", "layout", "gutter"), env)
		require.NoError(t, err)
		assert.Equal(t, `everyone {"description":"All of it","serves.":{"only":true,"since":"2026-11-20"},"type":"bool"}`+"\n"+
			"nobody"+off+"plain"+on+"shop:alone"+on+"shop:cart"+some+"some"+some, got)
		do("HSET", "gutter:twice", "default.a", of3(1, `"_name": "a",`), "beta.a", of3(2, `"_name": "a",`))
		_, err = fetch(t, of("key", "gutter:twice", "layout", "gutter"), env)
		holds(t, err, "flags/a: the flag stands twice in the store")
		do("HSET", "gutter:pickled", "a", "\x80\x02cs3cr3t")
		_, err = fetch(t, of("key", "gutter:pickled", "layout", "gutter"), env)
		holds(t, err, "flags/a: is no JSON of a switch (a pickle cannot be read")
		do("HSET", "gutter:odd", "a", `{"state": 7}`)
		_, err = fetch(t, of("key", "gutter:odd", "layout", "gutter"), env)
		holds(t, err, "flags/a: has an unknown state (want 1, 2 or 3)")
	})
	t.Run("feature ramp", func(t *testing.T) {
		for name, value := range map[string]string{
			"all": `{"whitelist": [], "blacklist": [], "percentage": 100}`, "none": `{"whitelist": [], "blacklist": [], "percentage": 0}`,
			"five": `{"whitelist": [], "blacklist": [], "percentage": 5}`, "listed": `{"whitelist": [3], "blacklist": [], "percentage": 0}`,
			"but": `{"whitelist": [], "blacklist": ["x"], "percentage": 100}`,
		} {
			do("SET", "feature.1."+name, value)
			do("SADD", "feature.active_features", "feature.1."+name)
		}
		got, err := fetch(t, of("layout", "feature-ramp"), env)
		require.NoError(t, err)
		assert.Equal(t, "all"+on+"but"+some+"five"+some+"listed"+some+"none"+off, got)
	})
	t.Run("ignore", func(t *testing.T) {
		do("HSET", "flags:ids", "a", `{"id": 7, "enabled": true, "key": "b"}`)
		got, err := fetch(t, of("key", "flags:ids", "ignore", "id,key"), env)
		require.NoError(t, err)
		assert.Equal(t, "a"+on, got)
		_, err = fetch(t, of("key", "flags:ids", "ignore", "key"), env)
		holds(t, err, `flags/a: has the field "id", which is none that is read (add it to ignore:, if it does not decide who gets the flag)`)
		_, err = fetch(t, of("key", "flags:ids", "ignore", "id"), env)
		holds(t, err, "flags/a: its key is another one than the store has it under")
	})
	for value, want := range map[string]string{
		"s3cr3t":                              "flags/a: enabled must be true or false",
		"25":                                  "flags/a: is a number (want true or false, a percentage such as 25%, or a JSON object)",
		"":                                    "flags/a: is empty",
		"s3cr3t%":                             "flags/a: percentage is no number from 0 to 100",
		"101%":                                "flags/a: percentage is no number from 0 to 100",
		`{"enabled": "s3cr3t"}`:               "flags/a: enabled must be true or false",
		`{"enabled": true, "users": ["x"]}`:   `flags/a: has the field "users"`,
		`{"enabled": true, "enabled": false}`: "flags/a",
		`{"enabled": s3cr3t}`:                 "flags/a: is no valid JSON",
		`{"enabled": true, "env": "test"}`:    "flags/a: has the field env (make a source for each environment",
		`{"enabled": true, "owner": ["x"]`:    "flags/a: is no valid JSON",
		`{"rollout": 5, "percent": 6}`:        "flags/a: its percentage stands twice",
	} {
		t.Run("bad value", func(t *testing.T) {
			do("DEL", "flags:bad")
			do("HSET", "flags:bad", "a", value, "b", "true")
			_, err := fetch(t, of("key", "flags:bad"), env)
			holds(t, err, want)
		})
	}
	do("SET", "flags:text", "s3cr3t")
	do("LPUSH", "flags:list:x", "s3cr3t")
	do("SET", "hidden", "true")
	for settings, want := range map[[2]string]string{
		{"key", "flags:none"}:                  `there is no hash "flags:none"`,
		{"key", "flags:text"}:                  `"flags:text" is no hash (correct the key)`,
		{"key", "hidden"}:                      "the account may not read this (give it the commands and the keys: +hgetall +scan +get)",
		{"pattern", "flags:list:{flag}"}:       `"flags:list:x" is neither a text nor a hash (correct the pattern)`,
		{"pattern", "nothing:{flag}"}:          "no key matches the pattern",
		{"pattern", "hidden{flag}"}:            "no key matches the pattern",
		{"pattern", "feature:{flag}:{field}s"}: "no key matches the pattern",
	} {
		_, err := fetch(t, of(settings[0], settings[1]), env)
		holds(t, err, want)
	}
	t.Run("too much", func(t *testing.T) {
		for i := range 70 {
			do("HSET", "flags:large", fmt.Sprint(i), strings.Repeat("x", 1<<20))
		}
		_, err := fetch(t, of("key", "flags:large"), env)
		holds(t, err, "the answers have more than 64 MiB")
		_, err = admin.Do("EVAL", "for i = 0, 100000 do redis.call('HSET', 'flags:many', i, 'true') end", 0)
		require.NoError(t, err)
		_, err = fetch(t, of("key", "flags:many"), env)
		holds(t, err, "there are more than 100000 keys")
	})
	t.Run("accounts", func(t *testing.T) {
		s := sync.Source{Address: "redis://reader@" + place, Token: "PASSWORD", Settings: map[string]string{"key": "flags"}}
		_, err := fetch(t, s, map[string]string{"PASSWORD": "wr0ng-s3cr3t"})
		holds(t, err, "the user or the password is wrong")
		_, err = fetch(t, s, nil)
		holds(t, err, "the environment variable PASSWORD is not set")
		s.Token = ""
		_, err = fetch(t, s, nil)
		holds(t, err, "it wants a password")
		s.Token, s.Address = "PASSWORD", "redis://reader@"+place+"/99"
		_, err = fetch(t, s, env)
		holds(t, err, "it has no database of that number")
	})
	t.Run("silent", func(t *testing.T) {
		do("CLIENT", "PAUSE", 2000, "ALL")
		s := of("key", "flags")
		s.Timeout = 300 * time.Millisecond
		_, err := fetch(t, s, env)
		holds(t, err, "no answer in time")
	})
	t.Run("TLS", func(t *testing.T) {
		for address, want := range map[string]string{
			"redis://reader@127.0.0.1:" + tlsPort:  "", // the connection breaks off, or is reset
			"rediss://reader@127.0.0.1:" + port:    "",
			"rediss://reader@localhost:" + tlsPort: "x509: certificate is not valid for any names",
		} {
			s := sync.Source{Address: address, Token: "PASSWORD", Settings: map[string]string{"key": "flags"}, Timeout: time.Second}
			_, err := fetch(t, s, env)
			holds(t, err, want)
		}
	})
}

// Addresses that are none, and places where no Redis is, are told without a secret.
func TestAddresses(t *testing.T) {
	t.Parallel()
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer silent.Close()
	// A server before version 6, which repeats what it does not know.
	old, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer old.Close()
	go func() {
		for {
			conn, err := old.Accept()
			if err != nil {
				return
			}
			_, _ = fmt.Fprintf(conn, "-ERR unknown command `AUTH`, with args beginning with: `me`, `%s`\r\n", password)
		}
	}()
	for address, want := range map[string]string{
		"redis://me:s3cr3t@127.0.0.1:" + storetest.Port(t):                                 "connection refused",
		"redis://me:s3cr3t@" + silent.Addr().String():                                      "no answer in time",
		"redis://me:s3cr3t@" + strings.TrimPrefix(web.URL, "http://"):                      "",
		"redis://" + url.UserPassword("me", password).String() + "@" + old.Addr().String(): "it takes no such user or password",
		"http://me:s3cr3t@127.0.0.1":                                                       "the address is none",
		"redis://me:s3cr3t@":                                                               "the address is none",
		"redis://me:s3cr3t@127.0.0.1:port":                                                 "the address is none",
		"redis://me:s3cr3t@127.0.0.1/zero":                                                 "the address is none",
		"s3cr3t":                                                                           "the address is none",
	} {
		s := sync.Source{Token: "REDIS_URL", Settings: map[string]string{"key": "flags"}, Timeout: 500 * time.Millisecond}
		_, err := fetch(t, s, map[string]string{"REDIS_URL": address})
		holds(t, err, want)
	}
	s := sync.Source{Address: "redis://me:s3cr3t@127.0.0.1", Settings: map[string]string{"key": "flags"}}
	_, err = fetch(t, s, nil)
	holds(t, err, "the address holds a password")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for want, settings := range map[string]map[string]string{
		"needs key, that of a hash; or pattern":    {},
		"key and pattern exclude each other":       {"key": "a", "pattern": "a:{flag}"},
		"the layout gutter needs key":              {"layout": "gutter"},
		`layout: "waffle" is unknown`:              {"layout": "waffle", "key": "a"},
		`pattern: "a:*" has no place for the flag`: {"pattern": "a:*"},
		`pattern: "{flag}{field}" does not tell`:   {"pattern": "{flag}{field}"},
		`pattern: "{field}:{flag}" has no place`:   {"pattern": "{field}:{flag}"},
	} {
		found := redisstore.Types()[0].Check(sync.Source{Type: "redis", Token: "T", Settings: settings})
		require.Len(t, found, 1, want)
		assert.Contains(t, found[0], want)
	}
	found := redisstore.Types()[0].Check(sync.Source{Type: "redis", Settings: map[string]string{"key": "a"}})
	require.Len(t, found, 1)
	assert.Contains(t, found[0], "needs token, the variable that holds its address")
}
