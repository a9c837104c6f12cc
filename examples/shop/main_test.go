package main

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/flaghygiene/flaglint/examples/shop/internal/flags/flagstest"
)

func TestHandler(t *testing.T) {
	h := handler(flagstest.Client(t, map[string]bool{"payments-enabled": false}))
	for url, want := range map[string]string{
		"/search?q=tea":       `"Name":"tea"`,
		"/checkout?cents=100": `"Cents":590`,
		"/checkout?cents=x":   "cents is no number",
		"/healthz":            `{"payments":false}`,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: got %s, want %s", url, w.Body, want)
		}
	}
}
