// Package env has the helpers of a team around the environment.
package env

import (
	"os"
	"strconv"
)

// Bool falls back to what it is given.
func Bool(key string, fallback bool) bool {
	v, ok := os.LookupEnv(key)
	if !ok {
		return fallback
	}
	on, err := strconv.ParseBool(v)
	if err != nil {
		return false
	}
	return on
}

// Text asks for an empty one.
func Text(key, fallback string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return fallback
}

// On is on unless somebody turns it off.
func On(key string) bool {
	if v := os.Getenv(key); len(v) > 0 && v != "1" {
		return false
	}
	return true
}

// Int tells of an error.
func Int(key string, fallback int) (int, error) {
	v, ok := os.LookupEnv(key)
	if !ok || v == "" {
		return fallback, nil
	}
	return strconv.Atoi(v)
}

// Required has no fallback.
func Required(key string) (string, error) {
	v, ok := os.LookupEnv(key)
	if !ok {
		return "none", strconv.ErrSyntax
	}
	return v, nil
}

// Flag is a setting that is an object.
type Flag struct {
	Name    string
	Default bool
}

func (f Flag) On() bool {
	switch os.Getenv(f.Name) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return f.Default
}

// Host depends on something else, too.
func Host(key string, production bool) bool {
	if production {
		return true
	}
	v, ok := os.LookupEnv(key)
	if !ok {
		return true
	}
	return v == "1"
}
