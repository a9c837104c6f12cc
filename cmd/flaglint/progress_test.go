package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	show := func(live bool, takes time.Duration) string {
		var b bytes.Buffer
		synctest.Test(t, func(*testing.T) {
			done := progress(&b, live, "loading")
			time.Sleep(takes)
			done()
			done()
		})
		return b.String()
	}
	assert.Empty(t, show(true, 900*time.Millisecond), "what is quick shows nothing")
	assert.Empty(t, show(false, time.Minute), "only a terminal is told")
	text := show(true, 2500*time.Millisecond)
	assert.Equal(t, 2, strings.Count(text, "flaglint: loading, "))
	assert.True(t, strings.HasSuffix(text, "\r\x1b[K"), "the line is cleared")
}
