using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Settings;

namespace AltSendme.Cli.Tests;

public sealed class ExitCodesTests
{
    [Fact]
    public void Each_kind_of_error_has_the_number_that_scripts_know()
    {
        Assert.Equal(2, ExitCodes.Of(new SettingsException("")));
        Assert.Equal(3, ExitCodes.Of(new TicketException("ticket.empty", "")));
        Assert.Equal(4, ExitCodes.Of(new PolicyException("any", "")));
        Assert.Equal(5, ExitCodes.Of(new PeerUnreachableException(ErrorCodes.PeerLost, "")));
        Assert.Equal(5, ExitCodes.Of(new ConnectionLostException(new ConnectionClosure(CloseInitiator.Peer, CloseCode.None, ""))));
        Assert.Equal(6, ExitCodes.Of(new VerificationException(ErrorCodes.ContentCorrupt, "")));
        Assert.Equal(7, ExitCodes.Of(new StorageException(ErrorCodes.DiskFull, "")));
        Assert.Equal(8, ExitCodes.Of(new PluginException(ErrorCodes.NoTransport, "")));
        Assert.Equal(8, ExitCodes.Of(new TransportException("tls.listen", "")));
        Assert.Equal(8, ExitCodes.Of(new DiscoveryException("any", "")));
        Assert.Equal(9, ExitCodes.Of(new TransferAbortedException(ErrorCodes.PeerAborted, "")));
        Assert.Equal(9, ExitCodes.Of(new StreamAbortedException(CloseCode.None)));
    }

    [Fact]
    public void That_nobody_was_there_to_ask_is_a_matter_of_the_command_line() =>
        Assert.Equal(2, ExitCodes.Of(new TransferAbortedException(ErrorCodes.ConsentNeeded, "")));

    [Fact]
    public void The_numbers_outside_the_types_stay_what_they_are() => Assert.Equal((0, 1, 130), (ExitCodes.Done, ExitCodes.Unexpected, ExitCodes.Interrupted));
}
