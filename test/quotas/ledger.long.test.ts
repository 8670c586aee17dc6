import { testLedger } from './ledger.ts';

testLedger([20261122, 20261123, 20261124, 20261125]);
