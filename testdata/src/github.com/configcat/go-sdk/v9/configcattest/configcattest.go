// Package configcattest is a stub: the signatures of ConfigCat's test server, without behaviour.
package configcattest

// Handler serves flags to tests.
type Handler struct{}

// Flag is a flag served.
type Flag struct{ Default interface{} }

func (h *Handler) SetFlags(sdkKey string, flags map[string]*Flag) error { return nil }
