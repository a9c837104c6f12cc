package redisstore

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/gomodule/redigo/redis"

	"github.com/flaghygiene/flaglint/internal/sync"
)

var (
	errAddress  = errors.New("the address is none (want redis://USER@HOST:PORT/NUMBER, or rediss:// for TLS)")
	errTooLarge = fmt.Errorf("the answers have more than %d MiB (correct the key or the pattern)", sync.MaxAnswer>>20)
	errTooMany  = fmt.Errorf("there are more than %d keys (correct the key or the pattern)", sync.MaxStored)
)

// client is a connection that asks for one source.
type client struct {
	conn redis.Conn
	stop func() bool
}

func (c *client) close() {
	c.stop()
	_ = c.conn.Close()
}

// dial connects to the address of a source. The connection ends with the context.
func dial(ctx context.Context, s sync.Source, secret string) (*client, error) {
	u, password, err := address(s, secret)
	if err != nil {
		return nil, err
	}
	number := 0
	if path := strings.Trim(u.Path, "/"); path != "" {
		if number, err = strconv.Atoi(path); err != nil || number < 0 {
			return nil, errAddress
		}
	}
	c := &client{stop: func() bool { return true }}
	host := net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "6379"))
	c.conn, err = redis.DialContext(ctx, "tcp", host,
		redis.DialContextFunc(func(ctx context.Context, network, at string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, at)
			if err != nil {
				return nil, err
			}
			c.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
			return &bounded{Conn: conn, left: sync.MaxAnswer}, nil
		}),
		redis.DialUseTLS(u.Scheme == "rediss"), redis.DialTLSConfig(&tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}),
		redis.DialUsername(u.User.Username()), redis.DialPassword(password), redis.DialDatabase(number),
	)
	if err != nil {
		c.stop()
		return nil, told(err)
	}
	return c, nil
}

// address is where a source is, and the password. No error repeats the address.
func address(s sync.Source, secret string) (*url.URL, string, error) {
	if s.Address != "" {
		u, err := sync.ParseAddress(s.Address, errAddress, "redis", "rediss")
		if err == nil && u.Host == "" {
			err = errAddress
		}
		return u, secret, err
	}
	u, err := url.Parse(secret)
	if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Host == "" {
		return nil, "", errAddress
	}
	password, _ := u.User.Password()
	return u, password, nil
}

// bounded is a connection that answers so much and no more.
type bounded struct {
	net.Conn
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// hash asks for all fields of a hash: names and values by turns.
func (c *client) hash(key string) ([]string, error) {
	fields, err := redis.Strings(c.conn.Do("HGETALL", key))
	switch {
	case err != nil && isWrongType(err):
		return nil, fmt.Errorf("%q is no hash (correct the key)", key)
	case err != nil:
		return nil, told(err)
	case len(fields) > 2*sync.MaxStored:
		return nil, errTooMany
	}
	return fields, nil
}

// found is a key that matches the pattern.
type found struct{ key, flag, field string }

// keys asks for all keys of a pattern, and what they hold.
func (c *client) keys(p pattern) ([]sync.Stored, error) {
	var out []sync.Stored
	seen := map[string]bool{} // SCAN may tell a key twice
	for cursor := "0"; ; {
		answer, err := redis.Values(c.conn.Do("SCAN", cursor, "MATCH", p.glob(), "COUNT", 1000))
		if err != nil {
			return nil, told(err)
		}
		var keys []string
		if _, err := redis.Scan(answer, &cursor, &keys); err != nil {
			return nil, told(err)
		}
		var page []found
		for _, key := range keys {
			flag, field, ok := p.match(key)
			if !ok || seen[key] {
				continue
			}
			if seen[key] = true; len(seen) > sync.MaxStored {
				return nil, errTooMany
			}
			page = append(page, found{key, flag, field})
		}
		stored, err := c.values(page)
		if err != nil {
			return nil, err
		}
		out = append(out, stored...)
		if cursor == "0" {
			return out, nil
		}
	}
}

// values asks for what keys hold: a text, or a hash whose fields are those of the flag.
// A key that has gone since it was found holds nothing.
func (c *client) values(page []found) ([]sync.Stored, error) {
	var out []sync.Stored
	var hashes []found
	err := c.each("GET", page, func(f found) error {
		value, err := redis.String(c.conn.Receive())
		switch {
		case errors.Is(err, redis.ErrNil):
		case err == nil:
			out = append(out, sync.Stored{Flag: f.flag, Field: f.field, Value: value})
		case !isWrongType(err):
			return told(err)
		case f.field != "":
			return fmt.Errorf("%q is no text (correct the pattern)", f.key)
		default:
			hashes = append(hashes, f)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = c.each("HGETALL", hashes, func(f found) error {
		fields, err := redis.Strings(c.conn.Receive())
		switch {
		case err == nil:
		case isWrongType(err):
			return fmt.Errorf("%q is neither a text nor a hash (correct the pattern)", f.key)
		default:
			return told(err)
		}
		for i := 0; i+1 < len(fields); i += 2 {
			out = append(out, sync.Stored{Flag: f.flag, Field: fields[i], Value: fields[i+1]})
		}
		return nil
	})
	return out, err
}

// each sends a command of each key, and then receives the answers.
func (c *client) each(command string, page []found, receive func(found) error) error {
	for _, f := range page {
		if err := c.conn.Send(command, f.key); err != nil {
			return told(err)
		}
	}
	if err := c.conn.Flush(); err != nil {
		return told(err)
	}
	for _, f := range page {
		if err := receive(f); err != nil {
			return err
		}
	}
	return nil
}

func isWrongType(err error) bool { return strings.HasPrefix(err.Error(), "WRONGTYPE") }

// told is what a user is told of an error. What a server says may repeat what it was
// asked, the password too.
func told(err error) error {
	re, ok := errors.AsType[redis.Error](err)
	if !ok {
		ne, isNet := errors.AsType[net.Error](err)
		switch {
		case errors.Is(err, errTooLarge):
			return errTooLarge
		case isNet && ne.Timeout():
			return sync.ErrNoAnswer
		case isNet, strings.Contains(err.Error(), "tls: "), strings.Contains(err.Error(), "x509: "):
			return errors.New(strings.Join(strings.Fields(err.Error()), " "))
		}
		return errors.New("the connection breaks off (try again; or correct the address: it may want rediss://, or be no Redis)")
	}
	code, _, _ := strings.Cut(re.Error(), " ")
	what := map[string]string{
		"WRONGPASS":   "the user or the password is wrong (correct them)",
		"NOAUTH":      "it wants a password (name the variable that holds it with token:)",
		"NOPERM":      "the account may not read this (give it the commands and the keys: +hgetall +scan +get)",
		"MOVED":       "it is a cluster, and another node has the key (name that node)",
		"LOADING":     "it is starting (try again)",
		"CLUSTERDOWN": "the cluster is down (try again)",
		"MASTERDOWN":  "the primary is down (try again)",
		"NOREPLICAS":  "the replicas are down (try again)",
	}[code]
	switch {
	case what != "":
	case code == "ERR" && strings.Contains(re.Error(), "AUTH"):
		what = "it takes no such user or password (correct the address: servers before version 6 know no users, and some no password)"
	case code == "ERR" && strings.Contains(re.Error(), "max number of clients"):
		what = "it has too many clients (try again)"
	case code == "ERR" && strings.Contains(re.Error(), "DB index"):
		what = "it has no database of that number (correct the address)"
	default:
		what = "it refuses with the error " + code
	}
	return errors.New(what)
}
