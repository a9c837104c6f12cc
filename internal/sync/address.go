package sync

import (
	"errors"
	"net/url"
	"slices"
)

// ErrPassword is told of an address in the configuration that holds a password.
var ErrPassword = errors.New("the address holds a password (name the environment variable that holds it with token:)")

// ParseAddress reads the address of a store as the configuration has it. It returns none where it is no URL of
// one of the schemes. No error repeats the address: it may hold a password.
func ParseAddress(address string, none error, schemes ...string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, none
	}
	if _, has := u.User.Password(); has || u.Query().Has("password") {
		return nil, ErrPassword
	}
	if !slices.Contains(schemes, u.Scheme) {
		return nil, none
	}
	return u, nil
}

// AddressSecrets are the passwords of an address that is a URL, decoded and as it stands.
func AddressSecrets(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return nil
	}
	password, _ := u.User.Password()
	return []string{password, url.UserPassword("", password).String()[1:], u.Query().Get("password")}
}
