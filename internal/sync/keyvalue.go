package sync

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// StoreTypes are the stores of keys and values that speak HTTP, and so need no driver.
func StoreTypes() []Type {
	kv := func(name string, fetch func(ctx context.Context, s Source, o Options) ([]Stored, error), wrong func(s Source) []string) Type {
		return Type{
			Name: name, Needs: []string{"address", "prefix"}, Takes: []string{"environments"}, Settings: []string{"prefix", SettingIgnore},
			One: func(Source) bool { return true }, Wrong: wrong,
			Fetch: func(ctx context.Context, s Source, o Options) ([]*registry.Flag, error) {
				stored, err := fetch(ctx, s, o)
				if err != nil {
					return nil, err
				}
				return ReadStored(s, stored, ValueOf)
			},
		}
	}
	return []Type{kv("consul", fetchConsul, wrongConsul), kv("etcd", fetchEtcd, wrongEtcd)}
}

var (
	errNoKey      = errors.New("no key begins with the prefix (correct it; or the account may not see the keys)")
	errManyKeys   = fmt.Errorf("there are more than %d keys (give a longer prefix)", MaxStored)
	errHiddenKeys = errors.New("the token may not see all keys (give it key_prefix with the policy read)")
)

// under returns what keys that begin with the prefix hold, by the rest of their names.
// Folders, which Consul's page makes, hold nothing.
func under(prefix string, n int, at func(i int) (key string, value []byte)) ([]Stored, error) {
	if n > MaxStored {
		return nil, errManyKeys
	}
	var out []Stored
	for i := range n {
		key, value := at(i)
		flag, ok := strings.CutPrefix(key, prefix)
		switch {
		case !ok:
			return nil, errors.New("the answer has a key that does not begin with the prefix (correct the address)")
		case flag == "", strings.HasSuffix(flag, "/") && len(value) == 0:
			continue
		case strings.HasPrefix(flag, "/"):
			return nil, fmt.Errorf("the keys go on with a slash behind the prefix (say prefix: %q)", prefix+"/")
		}
		out = append(out, Stored{Flag: flag, Value: string(value)})
	}
	if len(out) == 0 {
		return nil, errNoKey
	}
	return out, nil
}

func wrongConsul(s Source) []string {
	parts := strings.Split(strings.TrimSuffix(s.Settings["prefix"], "/"), "/")
	if s.Settings["prefix"] != "" && slices.ContainsFunc(parts, func(p string) bool { return p == "" || p == "." || p == ".." }) {
		return []string{fmt.Sprintf("prefix: %q cannot be asked for (remove empty parts, and a slash at the start)", s.Settings["prefix"])}
	}
	return nil
}

// fetchConsul asks for all keys of a prefix by Consul's HTTP interface:
// https://developer.hashicorp.com/consul/api-docs/kv
func fetchConsul(ctx context.Context, s Source, o Options) ([]Stored, error) {
	c, err := newClient(s, o, header("X-Consul-Token", ""))
	if err != nil {
		return nil, err
	}
	parts := strings.Split(s.Settings["prefix"], "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	c.accept = func(h http.Header) error {
		if h.Get("X-Consul-Results-Filtered-By-ACLs") == "true" {
			return errHiddenKeys
		}
		return nil
	}
	data, err := c.whole(ctx, s.Address, list{path: "/v1/kv/" + strings.Join(parts, "/"), query: url.Values{"recurse": {"true"}}})
	if refused := (statusError{}); errors.As(err, &refused) && refused.status == http.StatusNotFound {
		return nil, errNoKey
	}
	if err != nil {
		return nil, err
	}
	var pairs []struct {
		Key   string
		Value []byte
	}
	if err := decode(data, &pairs); err != nil {
		return nil, err
	}
	return under(s.Settings["prefix"], len(pairs), func(i int) (string, []byte) { return pairs[i].Key, pairs[i].Value })
}

// wrongEtcd wants a password beside a user, who stands in the address.
func wrongEtcd(s Source) []string {
	u, err := url.Parse(s.Address)
	if err != nil || s.Address == "" {
		return nil // told when it is asked for, without the address
	}
	if named := u.User.Username() != ""; named != (s.Token != "") {
		return []string{"a source of the type etcd needs both the user, in address: https://USER@HOST, and the password, in token; or neither"}
	}
	return nil
}

// fetchEtcd asks for all keys of a prefix by the JSON gateway of etcd, of versions 3.4
// and later: https://etcd.io/docs/latest/dev-guide/api_grpc_gateway
func fetchEtcd(ctx context.Context, s Source, o Options) ([]Stored, error) {
	u, err := ParseAddress(s.Address, errNoAddress, "http", "https")
	if err != nil {
		return nil, err
	}
	user := u.User.Username()
	u.User = nil
	c, err := newClient(s, o, nil)
	if err != nil {
		return nil, err
	}
	if user != "" {
		if c.secret, err = c.logIn(ctx, u.String(), user); err != nil {
			return nil, err
		}
		c.authorize = header("Authorization", "")
	}
	prefix := []byte(s.Settings["prefix"])
	data, err := c.whole(ctx, u.String(), list{path: "/v3/kv/range", body: map[string]any{
		"key": prefix, "range_end": after(prefix), "limit": MaxStored + 1,
	}})
	if refused := (statusError{}); user == "" && errors.As(err, &refused) && refused.status == http.StatusBadRequest {
		return nil, errors.New("it wants a user, in address: https://USER@HOST, and a password, in the variable that token: names; or it is no etcd of version 3.4 or later")
	}
	if err != nil {
		return nil, err
	}
	var answer struct {
		Header *struct{} // there is always one
		Kvs    []struct{ Key, Value []byte }
		More   bool
	}
	if err := decode(data, &answer); err != nil {
		return nil, err
	}
	if answer.Header == nil {
		return nil, errors.New("the answer is not what it should be (correct the address)")
	}
	if answer.More {
		return nil, errManyKeys
	}
	return under(string(prefix), len(answer.Kvs), func(i int) (string, []byte) { return string(answer.Kvs[i].Key), answer.Kvs[i].Value })
}

// logIn returns the token that etcd has for a user and the password.
func (c *client) logIn(ctx context.Context, address, user string) (string, error) {
	data, err := c.whole(ctx, address, list{path: "/v3/auth/authenticate", body: map[string]string{"name": user, "password": c.secret}})
	if refused := (statusError{}); errors.As(err, &refused) && (refused.status == http.StatusBadRequest || refused.status == http.StatusPreconditionFailed) {
		return "", errors.New("the user or the password is wrong, or authentication is off (correct them, or leave both out)")
	}
	if err != nil {
		return "", err
	}
	var answer struct{ Token string }
	if err := decode(data, &answer); err != nil {
		return "", err
	}
	if answer.Token == "" {
		return "", errors.New("the answer has no token (correct the address)")
	}
	return answer.Token, nil
}

// after is the first key behind all that begin with a prefix.
func after(prefix []byte) []byte {
	end := slices.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return []byte{0}
}
