"""Small files in the shapes that schools' lists come in."""

CITY_HEADER = (
    "instellingscode,vestigingscode,label,address,postcode,onderwijsstructuur,stadsdeel_from_memory,confidence"
)
POPULIER = "02GJ,02GJ00,Christelijk College De Populier,Populierstraat 109,2565 MK,MAVO/HAVO/VWO,Segbroek,high"
DUO_HEADER = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;ONDERWIJSSTRUCTUUR;"
    "STRAATNAAM CORRESPONDENTIEADRES;HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES;POSTCODE CORRESPONDENTIEADRES;"
    "PLAATSNAAM CORRESPONDENTIEADRES;NODAAL GEBIED CODE;NODAAL GEBIED NAAM;RPA-GEBIED CODE;RPA-GEBIED NAAM;"
    "WGR-GEBIED CODE;WGR-GEBIED NAAM;COROPGEBIED CODE;COROPGEBIED NAAM;ONDERWIJSGEBIED CODE;ONDERWIJSGEBIED NAAM;"
    "RMC-REGIO CODE;RMC-REGIO NAAM;VAKANTIEREGIO"
)
DUO_COLUMNS = DUO_HEADER.split(";")
DUO_ROW = {
    "INSTELLINGSCODE": "02GJ",
    "VESTIGINGSCODE": "02GJ00",
    "VESTIGINGSNAAM": "Stichting De Populier voor vwo, havo, mavo",
    "STRAATNAAM": "Populierstraat",
    "HUISNUMMER-TOEVOEGING": "109",
    "POSTCODE": "2565 MK",
    "PLAATSNAAM": "'S-GRAVENHAGE",
    "GEMEENTENUMMER": "0518",
    "GEMEENTENAAM": "S GRAVENHAGE",
    "INTERNETADRES": "www.depopulier.nl",
    "VAKANTIEREGIO": "Midden",
}
OLD = {"INSTELLINGSCODE": "BRIN NUMMER", "VESTIGINGSCODE": "VESTIGINGSNUMMER"}


def city_file(*rows: str) -> bytes:
    return "\n".join((CITY_HEADER, *rows, "")).encode()


def duo_file(*changes: dict[str, str], encoding: str = "cp1252", old: bool = False) -> bytes:
    """A DUO file with a row for each of *changes*; what a row leaves out is one space, as DUO writes it."""
    header = [OLD.get(name, name) if old else name for name in DUO_COLUMNS]
    rows = [[({**DUO_ROW, **change}).get(name, " ") for name in DUO_COLUMNS] for change in changes]
    return "".join(";".join(cells) + "\r\n" for cells in (header, *rows)).encode(encoding)
