using System.Net;

namespace AltSendme.Abstractions;

/// <summary>At which address somebody outside sees this machine.</summary>
/// <param name="Address">The address; <see langword="null"/> when it could not be learnt.</param>
/// <param name="Detail">For people: why not.</param>
public sealed record ObservedAddressReport(IPEndPoint? Address, string? Detail = null);
