using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Client.Tests;

/// <summary>The interface as scripts and windows see it: names stay, nulls are left out.</summary>
public sealed class ContractJsonTests
{
    [Fact]
    public void A_share_is_written_with_the_names_of_the_document()
    {
        var view = new ShareView { Id = "0123456789", State = ShareState.Sharing, Created = DateTimeOffset.UnixEpoch, Broadcast = true, TicketType = TicketForm.Addresses, Receivers = [new ReceiverView { Number = 1, Peer = "abc", State = ReceiverState.Left }] };

        Assert.Equal(
            """{"id":"0123456789","state":"sharing","created":"1970-01-01T00:00:00+00:00","broadcast":true,"paths":[],"ticketType":"addresses","isRenewed":false,"notify":false,"addresses":[],"discovery":[],"receivers":[{"number":1,"peer":"abc","state":"left","bytes":0,"bytesPerSecond":0}],"deliveries":0,"skipped":[]}""",
            JsonSerializer.Serialize(view, ContractJson.Default.ShareView));
    }

    [Fact]
    public void An_order_may_leave_everything_out()
    {
        var order = JsonSerializer.Deserialize("{}", ContractJson.Default.ShareOrder)!;

        Assert.Empty(order.Paths);
        Assert.Null(order.Wait);
        Assert.False(order.Broadcast);
    }

    [Fact]
    public void Numbers_are_no_words() =>
        Assert.Throws<JsonException>(static () => JsonSerializer.Deserialize("""{"ticketType":1}""", ContractJson.Default.ShareOrder));

    public static TheoryData<AltSendmeException> Errors =>
    [
        new StorageException(ErrorCodes.DiskFull, "full"),
        new PeerUnreachableException(ErrorCodes.PeerLost, "lost"),
        new TicketException("ticket.expired", "over"),
        new PolicyException("policy.relay", "no"),
        new VerificationException(ErrorCodes.ContentCorrupt, "wrong"),
        new TransferAbortedException(ErrorCodes.ShareOver, "over"),
        new PluginException(ErrorCodes.NoTransport, "none"),
        new SettingsException("bad"),
        new ServiceException(ServiceCodes.NotFound, "none"),
        new ServiceException(ServiceCodes.Busy, "busy"),
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_comes_out_of_the_interface_as_it_went_in(AltSendmeException exception)
    {
        var passed = exception.ToView().ToException();

        Assert.Equal((exception.GetType(), exception.Code, exception.Message), (passed.GetType(), passed.Code, passed.Message));
    }
}
