using System.Net;
using System.Net.NetworkInformation;
using AltSendme.Abstractions;
using AltSendme.Primitives.Concurrency;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls.Listening;

/// <summary>Keeps the list of a transport's addresses true while interfaces come and go.</summary>
internal sealed class AddressReport(ILogger logger) : IDisposable
{
    private readonly Latest<IReadOnlyList<EndpointAddress>> _addresses = new([]);
    private IReadOnlyList<IPEndPoint> _listening = [];

    /// <summary>The list now and after each change, until disposal.</summary>
    public IAsyncEnumerable<IReadOnlyList<EndpointAddress>> WatchAsync(CancellationToken cancellationToken) => _addresses.WatchAsync(cancellationToken);

    /// <summary>Begins to report for what is listened on. Called once.</summary>
    public void Start(IReadOnlyList<IPEndPoint> listening)
    {
        _listening = listening;
        NetworkChange.NetworkAddressChanged += OnChanged;
        Refresh();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= OnChanged;
        _addresses.Complete();
    }

    private void OnChanged(object? sender, EventArgs e) => Refresh();

    private void Refresh()
    {
        try
        {
            var addresses = LocalAddresses.Report(_listening, LocalAddresses.OfInterfaces());
            if (!addresses.SequenceEqual(_addresses.Value))
                _addresses.Set(addresses);
        }
        catch (NetworkInformationException exception)
        {
            logger.AddressesUnknown(exception);
        }
    }
}
