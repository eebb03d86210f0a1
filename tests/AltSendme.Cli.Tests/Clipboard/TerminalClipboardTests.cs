using AltSendme.Cli.Clipboard;

namespace AltSendme.Cli.Tests.Clipboard;

public sealed class TerminalClipboardTests
{
    [Fact]
    public void A_terminal_is_asked_in_the_words_of_xterm() => Assert.Equal("\u001b]52;c;YmxvYg==\u0007", TerminalClipboard.Sequence("blob"));
}
