using AltSendme.Service.Client.Contract;

namespace AltSendme.Service.Shares;

/// <summary>Where shares are ordered by whoever waits for their tickets: the socket and the session bus.</summary>
internal sealed class ShareDesk(ShareBook book)
{
    /// <summary>Makes a share and waits for its ticket.</summary>
    /// <exception cref="Abstractions.AltSendmeException">Why there is none. Nothing is left of the share then.</exception>
    /// <exception cref="OperationCanceledException">Whoever asked has gone; nothing is left of the share.</exception>
    public async Task<ShareView> OrderAsync(ShareOrder order, CancellationToken cancellationToken)
    {
        var share = Begin(order);
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
    public HostedShare Begin(ShareOrder order) => book.Create(order);
}
