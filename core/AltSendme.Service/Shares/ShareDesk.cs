using AltSendme.Abstractions;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Shares;

/// <summary>Where shares are ordered by whoever waits for their tickets: the socket and the session bus.</summary>
internal sealed class ShareDesk(ShareBook book)
{
    /// <summary>An order was refused whose maker wanted to be notified.</summary>
    public event Action<AltSendmeException>? Refused;

    /// <summary>Makes a share and waits for its ticket.</summary>
    /// <exception cref="AltSendmeException">Why there is none. Nothing is left of the share then.</exception>
    /// <exception cref="OperationCanceledException">Whoever asked has gone; nothing is left of the share.</exception>
    public Task<ShareView> OrderAsync(ShareOrder order, CancellationToken cancellationToken) => OrderAsync(order.Notify, () => order, cancellationToken);

    /// <summary>The same, for an order that is only now put together, so that what is wrong with it is notified of, too.</summary>
    public Task<ShareView> OrderAsync(bool notify, Func<ShareOrder> compose, CancellationToken cancellationToken) => ReadyAsync(Begin(notify, compose), cancellationToken);

    /// <summary>Waits for the ticket of a share that nobody else knows of.</summary>
    /// <exception cref="AltSendmeException">Why there is none. Nothing is left of the share then.</exception>
    public async Task<ShareView> ReadyAsync(HostedShare share, CancellationToken cancellationToken)
    {
        try
        {
            return await share.Ready.WaitAsync(cancellationToken);
        }
        catch
        {
            // Nobody knows of it: whoever asked has gone, or gets the reason why there is none.
            await book.RemoveAsync(share.View.Id);
            throw;
        }
    }

    /// <summary>Makes a share; events tell of the rest.</summary>
    public HostedShare Begin(ShareOrder order) => Begin(order.Notify, () => order);

    private HostedShare Begin(bool notify, Func<ShareOrder> compose)
    {
        try
        {
            return book.Create(compose());
        }
        catch (AltSendmeException exception) when (notify)
        {
            Refused?.Invoke(exception);
            throw;
        }
    }
}
